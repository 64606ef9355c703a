using System.Reflection;
using Aspire.Hosting;
using Microsoft.Extensions.Hosting;

namespace LocalAspire.Testing;

/// <summary>
/// Runs the entry point of an app host within a test, as far as its <c>Build()</c>: there it waits for the test, which may
/// change the model; then the app is handed to the test, and the entry point is ended by an exception.
/// </summary>
internal sealed class EntryPointRun
{
    private static readonly AsyncLocal<EntryPointRun?> Running = new();

    private readonly MethodInfo _entryPoint;
    private readonly string[] _arguments;
    private readonly TaskCompletionSource<IDistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _app = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _permission = new();

    private EntryPointRun(MethodInfo entryPoint, string[] arguments)
    {
        _entryPoint = entryPoint;
        _arguments = arguments;
    }

    /// <summary>The run that the present code is part of. It follows the flow of execution, so several can be under way at once.</summary>
    public static EntryPointRun? Current => Running.Value;

    public Assembly Assembly => _entryPoint.DeclaringType!.Assembly;

    public static EntryPointRun Start(Assembly assembly, string[] arguments)
    {
        var entryPoint = assembly.EntryPoint
            ?? throw new InvalidOperationException($"The assembly '{assembly.GetName().Name}' has no entry point, so it is no app host. Give a type of the app host's assembly, such as Projects.MyApp_AppHost.");

        var run = new EntryPointRun(entryPoint, arguments);
        // A thread of its own: it is blocked while the test does its part.
        new Thread(run.Execute) { IsBackground = true, Name = $"Entry point of {assembly.GetName().Name}" }.Start();
        return run;
    }

    /// <summary>The builder, with the whole model of the app in it.</summary>
    public Task<IDistributedApplicationBuilder> BuilderAsync(CancellationToken cancellationToken) => _builder.Task.WaitAsync(cancellationToken);

    /// <summary>Lets the entry point go on, and takes the app from it.</summary>
    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _permission.TrySetResult();
        return _app.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Ends the entry point without an app.</summary>
    public void Abandon() => _permission.TrySetException(new HostAbortedException("The test has no use for the app."));

    /// <summary>Called by the builder, on the entry point's thread.</summary>
    public void AwaitTest(IDistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _permission.Task.GetAwaiter().GetResult();
    }

    /// <summary>Called by the builder, on the entry point's thread. Does not return.</summary>
    public void HandOver(DistributedApplication app)
    {
        _app.TrySetResult(app);
        throw new HostAbortedException("The test runs the app from here on.");
    }

    private void Execute()
    {
        Running.Value = this;
        try
        {
            object?[] parameters = _entryPoint.GetParameters().Length == 0 ? [] : [_arguments];
            if (_entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, parameters, culture: null) is Task task)
                task.GetAwaiter().GetResult();

            Fail(new InvalidOperationException($"The entry point of '{Assembly.GetName().Name}' ended without building an app. It must call Build() on a builder of DistributedApplication."));
        }
        catch (HostAbortedException) when (_permission.Task.IsFaulted || _app.Task.IsCompletedSuccessfully)
        {
            // Ours.
        }
        catch (Exception e)
        {
            Fail(e);
        }
    }

    private void Fail(Exception reason)
    {
        _builder.TrySetException(reason);
        _app.TrySetException(reason);
    }
}
