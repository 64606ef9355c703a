using AspireChat.Gateway;

if (args is [HealthProbe.Argument])
    return await HealthProbe.AskAsync();

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults();
builder.AddGateway();

var app = builder.Build();

app.MapDefaultEndpoints();
app.UseGateway();

app.Run();
return 0;
