namespace AspireChat.Gateway.Instances;

/// <summary>The instances cannot be told: the message names the setting, what is wrong with it and the remedy.</summary>
internal sealed class InstancesException(string message) : Exception(message);
