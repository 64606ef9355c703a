using Aspire.Hosting.ApplicationModel;
using LocalAspire.Processes;

namespace LocalAspire.Redis;

/// <summary>A program that serves Redis's protocol. It listens on loopback alone, asks for the password, and keeps its data over a restart within the run.</summary>
internal interface IRedisServer
{
    LaunchSpec Launch(RedisLaunch launch);
}

/// <param name="Directory">Its own, and readable for the user alone.</param>
internal sealed record RedisLaunch(string ResourceName, int Port, ParameterResource PasswordParameter, string Directory)
{
    public string Password => PasswordParameter.Value;
}
