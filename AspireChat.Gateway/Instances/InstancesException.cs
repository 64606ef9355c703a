namespace AspireChat.Gateway.Instances;

/// <summary>The instances cannot be told: the message says what is wrong, and names the setting and the remedy where there is one.</summary>
internal sealed class InstancesException(string message) : Exception(message);
