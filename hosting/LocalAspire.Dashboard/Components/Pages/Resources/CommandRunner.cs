using LocalAspire.Dashboard.Resources;
using Microsoft.FluentUI.AspNetCore.Components;

namespace LocalAspire.Dashboard.Components.Pages.Resources;

/// <summary>Runs a command as a user wants it: asks first where the command says so, tells that it runs and how it ended.</summary>
internal sealed class CommandRunner(ResourceCommander commander, IDialogService dialogs, INotificationService notifications)
{
    private const int GoodNewsMilliseconds = 5_000;
    private const int BadNewsMilliseconds = 15_000;

    public async Task RunAsync(AppResource resource, AppCommand command)
    {
        var title = $"{command.DisplayName}: {resource.DisplayName}";
        if (command.Confirmation is { } question && (await dialogs.ShowConfirmationAsync(question, title, command.DisplayName, "Cancel")).Cancelled) return;

        var running = $"command-{Guid.NewGuid():N}";
        Show(new ToastOptions { Id = running, Intent = ToastIntent.Progress, Title = title, Message = "Running …" });
        var outcome = await commander.ExecuteAsync(resource, command, CancellationToken.None);
        await CloseAsync(running);
        switch (outcome.Kind)
        {
            case CommandResultKind.Succeeded:
                Show(new ToastOptions { Intent = ToastIntent.Success, Title = title, Message = "Done.", Lifetime = TimeSpan.FromMilliseconds(GoodNewsMilliseconds) });
                break;
            case CommandResultKind.Canceled:
                Show(new ToastOptions { Intent = ToastIntent.Info, Title = title, Message = "Canceled.", Lifetime = TimeSpan.FromMilliseconds(GoodNewsMilliseconds) });
                break;
            default:
                Show(new ToastOptions { Intent = ToastIntent.Error, Title = title, Message = outcome.Error ?? "It failed.", Lifetime = TimeSpan.FromMilliseconds(BadNewsMilliseconds) });
                break;
        }
    }

    // A toast's task ends when the toast goes: nobody waits for that here.
    private void Show(ToastOptions toast) => _ = notifications.ShowToastAsync(toast);

    private async Task CloseAsync(string id)
    {
        if (notifications.GetToastInstance(id) is { } toast) await notifications.CloseAsync(toast, null!);
    }
}
