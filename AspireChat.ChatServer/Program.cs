using AspireChat.ChatServer;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddChatServer();

var app = builder.Build();

app.UseChatServer();
app.MapDefaultEndpoints();

app.Run();
