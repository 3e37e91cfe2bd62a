namespace KubeLab.Charts;

/// <summary>How far a member's log is, as places in it.</summary>
/// <param name="Member">Its name.</param>
/// <param name="Snapshot">Up to where a snapshot stands for the entries.</param>
/// <param name="Applied">Up to where it has applied them.</param>
/// <param name="Committed">Up to where it knows them to be committed.</param>
/// <param name="Last">Its last entry.</param>
public sealed record MemberLog(string Member, long Snapshot, long Applied, long Committed, long Last);
