using Microsoft.Extensions.Logging;

namespace AspireChat.Tests.ChatServers;

/// <summary>Shows a server's warnings and errors with the output of the test that started it.</summary>
internal sealed class TestOutputLogger(ITestOutputHelper? output) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            try
            {
                output?.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");
            }
            catch (InvalidOperationException)
            {
                // The test is over.
            }
        }
    }

    public void Dispose()
    {
    }
}
