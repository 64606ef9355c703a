using AspireChat.ChatServer.Api;
using AspireChat.ChatServer.Backplane;
using AspireChat.ChatServer.Backplane.Canary;
using AspireChat.ChatServer.Backplane.Switching;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Connections.Direct;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Faults;
using AspireChat.ChatServer.Instances;
using AspireChat.ChatServer.Presence;
using AspireChat.ChatServer.Rebalancing;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Security;
using AspireChat.ChatServer.Telemetry;

namespace AspireChat.ChatServer;

/// <summary>What a chat server is made of; apart from <c>Program</c>, so that benchmarks compose the very same.</summary>
internal static class ChatServerApplication
{
    public static void AddChatServer(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        builder.AddFaultClock();
        builder.Services.AddChatOptions();
        builder.Services.AddChatTelemetry();

        // What starts first stops last: Redis, then this instance's lease on it, then the mode, then all that lives by them.
        builder.AddBackplane();
        builder.Services.AddInstances();
        builder.Services.AddSwitching();
        builder.Services.AddCanary();
        builder.Services.AddPresence();
        builder.Services.AddRooms();
        builder.Services.AddSecurity(builder.Configuration);
        builder.Services.AddChatConnections();
        builder.Services.AddDirectTransport(builder.Configuration);
        builder.Services.AddDraining();
        builder.Services.AddRebalancing();
        builder.Services.AddFaults();
        builder.Services.AddApi();
    }

    public static void UseChatServer(this WebApplication app)
    {
        app.UseSecurity();
        app.MapChatConnections();
        app.MapApi();
        app.MapBackplaneSwitch();
        app.MapSecurity();
        app.MapFaults();
    }
}
