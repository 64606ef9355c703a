// Chat by SignalR and its Redis backplane, as its documentation sets it up: what the cost of AspireChat's fan-out is measured against.
// Addresses and Redis come from the same variables as a chat server's: ASPNETCORE_URLS and ConnectionStrings__redis.
using AspireChat.SignalRPeer;
using Microsoft.AspNetCore.Http.Connections;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSignalR().AddStackExchangeRedis(
    builder.Configuration.GetConnectionString("redis") ?? throw new InvalidOperationException("The connection string 'redis' is missing. Set ConnectionStrings__redis."));

var app = builder.Build();
app.MapHub<ChatHub>("/hub", options => options.Transports = HttpTransportType.WebSockets);
app.Run();
