namespace Aspire.Hosting;

/// <summary>What the app is built for. The stand-in only ever runs it.</summary>
public class DistributedApplicationExecutionContext
{
    internal DistributedApplicationExecutionContext()
    {
    }

    public DistributedApplicationOperation Operation { get; } = DistributedApplicationOperation.Run;

    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;
}

/// <summary>What an app can be built for.</summary>
public enum DistributedApplicationOperation
{
    Run = 0,
    Publish = 1,
}
