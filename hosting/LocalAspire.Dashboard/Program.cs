using LocalAspire.Dashboard;

await DashboardApplication.Build(args).RunAsync();
