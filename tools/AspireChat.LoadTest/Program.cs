return await AspireChat.LoadTest.LoadTestCommand.Create().Parse(args).InvokeAsync();
