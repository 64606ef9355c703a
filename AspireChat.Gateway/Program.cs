var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health", () => "healthy");
app.MapGet("/alive", () => "alive");
app.Run();
