using LocalAspire.Guard;

// "lead" starts a child of the app host as the leader of its own session; "watch" outlives the app host and ends what it left behind.
switch (args)
{
    case ["lead", var program, .. var arguments]:
        return SessionLeader.Become(program, arguments);

    case ["watch"]:
        await new Watch(Console.OpenStandardInput()).RunAsync();
        return 0;

    default:
        await Console.Error.WriteLineAsync("LocalAspire.Guard is started by the app host: 'lead <program> <argument>…' or 'watch'.");
        return 2;
}
