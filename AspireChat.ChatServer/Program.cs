using AspireChat.ChatServer;

if (args is [HealthProbe.Argument])
    return await HealthProbe.AskAsync();

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddChatServer();

var app = builder.Build();

app.UseChatServer();
app.MapDefaultEndpoints();

app.Run();
return 0;
