using AspireChat.ScaleModel;

return await ScaleCommand.Create().Parse(args).InvokeAsync();
