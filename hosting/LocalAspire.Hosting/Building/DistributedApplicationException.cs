namespace Aspire.Hosting;

/// <summary>Something about the app, or the machine that it is to run on, is not as it must be. The message is for the person who can mend it.</summary>
public class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message) : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner) : base(message, inner)
    {
    }
}
