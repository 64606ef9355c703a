using AspireChat.ChatServer;
using AspireChat.ChatServer.Api;
using AspireChat.ChatServer.Connections;
using AspireChat.ChatServer.Draining;
using AspireChat.ChatServer.Rooms;
using AspireChat.ChatServer.Telemetry;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

builder.Services.AddChatOptions();
builder.Services.AddChatTelemetry();
builder.Services.AddRooms();
builder.Services.AddDraining();
builder.Services.AddChatConnections();
builder.Services.AddApi();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapChatConnections();
app.MapApi();
app.Run();
