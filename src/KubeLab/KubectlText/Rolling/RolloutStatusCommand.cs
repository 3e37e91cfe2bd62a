using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Waiting;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary><c>kubectl rollout status</c>: waits in the cluster's time, and tells each step.</summary>
internal sealed class RolloutStatusCommand : Command
{
    /// <summary>How long it waits when no time is given; a terminal would wait forever.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    public override string Name => "rollout status";

    public override string Summary => "Show the status of the rollout.";

    public override Flags Flags => new Flags().Files().Selector().Bool("watch", 'w', value: true).Int("revision").Duration("timeout");

    public override void Run(Session session, Arguments arguments)
    {
        foreach (var info in RolloutTarget.Find(session, arguments))
        {
            if (info.Resource.Kind is not ("Deployment" or "DaemonSet" or "StatefulSet"))
            {
                throw Failure.Error($"no status viewer has been implemented for {info.Resource.Kind}");
            }

            RolloutTarget.Demand(info, "rollout status", deploymentOnly: false);
            Follow(session, arguments, info);
        }
    }

    private static void Follow(Session session, Arguments arguments, Info info)
    {
        var revision = arguments.Int("revision");
        if (!arguments.Bool("watch"))
        {
            session.Out(Of(info.Resource.Kind, info.Object, revision).Message);
            return;
        }

        var limit = arguments.Duration("timeout") is var asked && asked > TimeSpan.Zero ? asked : Limit;
        var isDone = ObjectWatch.Until(session, info, limit, obj =>
        {
            if (!obj.Exists)
            {
                throw Failure.Error("object has been deleted");
            }

            var (message, done) = Of(info.Resource.Kind, obj, revision);
            session.Out(message);
            return done;
        });
        if (!isDone)
        {
            throw Failure.Error("timed out waiting for the condition");
        }
    }

    private static (string Message, bool IsDone) Of(string kind, Json obj, long revision) => kind switch
    {
        "StatefulSet" => SetRolloutStatus.OfStatefulSet(obj),
        "DaemonSet" => SetRolloutStatus.OfDaemonSet(obj),
        _ => Of(obj, revision),
    };

    /// <summary>How far a Deployment's rollout is, and whether it is done.</summary>
    /// <exception cref="Failure">It has exceeded its deadline, or has gone on to another revision.</exception>
    public static (string Message, bool IsDone) Of(Json deployment, long revision = 0)
    {
        var (metadata, spec, status) = (deployment["metadata"], deployment["spec"], deployment["status"]);
        var name = GoQuote.Quote(metadata["name"].Text);
        if (revision > 0 && metadata["annotations"][Revisions.Annotation].Int is var current && current != revision)
        {
            throw Failure.Error($"desired revision ({revision}) is different from the running revision ({current})");
        }

        if (metadata["generation"].Int > status["observedGeneration"].Int)
        {
            return ("Waiting for deployment spec update to be observed...\n", false);
        }

        if (status["conditions"].Items.Any(c => c["type"].Text == "Progressing" && c["reason"].Text == "ProgressDeadlineExceeded"))
        {
            throw Failure.Error($"deployment {name} exceeded its progress deadline");
        }

        var (updated, total, available) = (status["updatedReplicas"].Int, status["replicas"].Int, status["availableReplicas"].Int);
        if (spec["replicas"].Exists && updated < spec["replicas"].Int)
        {
            return ($"Waiting for deployment {name} rollout to finish: {updated} out of {spec["replicas"].Int} new replicas have been updated...\n", false);
        }

        if (total > updated)
        {
            return ($"Waiting for deployment {name} rollout to finish: {total - updated} old replicas are pending termination...\n", false);
        }

        return available < updated
            ? ($"Waiting for deployment {name} rollout to finish: {available} of {updated} updated replicas are available...\n", false)
            : ($"deployment {name} successfully rolled out\n", true);
    }
}
