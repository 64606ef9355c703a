namespace AspireChat.ScaleModel.Costs;

/// <summary>On how many instances a room has members: to so many goes a copy of each of its messages.</summary>
internal static class Interest
{
    /// <summary>The expected number of different instances that a room's members are on, when each is on any of them alike.</summary>
    public static double Of(double instances, double members) => instances <= 1 ? 1 : instances * (1 - Math.Pow(1 - (1 / instances), members));
}
