namespace Aspire.Hosting;

/// <summary>A parameter was asked for its value, and has none.</summary>
public class MissingParameterValueException(string message) : DistributedApplicationException(message);
