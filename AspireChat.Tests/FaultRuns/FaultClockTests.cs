using AspireChat.ChatServer.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AspireChat.Tests.FaultRuns;

public sealed class FaultClockTests
{
    [Theory]
    [InlineData("01:00:00", 1)]
    [InlineData("-01:00:00", -1)]
    public void In_development_a_clock_can_be_set_wrong(string offset, double hours)
    {
        using var services = ServicesOf("Development", offset).BuildServiceProvider();
        var clock = services.GetRequiredService<TimeProvider>();

        Assert.Equal(hours, (clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalHours, tolerance: 0.1);
        Assert.InRange(clock.GetElapsedTime(TimeProvider.System.GetTimestamp()), TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Nobody_who_does_not_ask_gets_another_clock() =>
        Assert.DoesNotContain(ServicesOf("Development", offset: null), service => service.ServiceType == typeof(TimeProvider));

    [Fact]
    public void In_production_it_is_refused()
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => ServicesOf("Production", "01:00:00"));

        Assert.Equal("The setting 'Chat:Faults:ClockOffset' sets the clock wrong on purpose, which is for Development only; remove it.", refusal.Message);
    }

    private static IServiceCollection ServicesOf(string environment, string? offset)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection([new(FaultClock.Setting, offset)]);
        builder.AddFaultClock();
        return builder.Services;
    }
}
