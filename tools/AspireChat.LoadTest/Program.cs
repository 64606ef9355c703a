return await AspireChat.LoadTest.LoadTestCommand.RunAsync(args);
