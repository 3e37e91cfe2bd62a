using System.Text.Json.Nodes;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.Tests.KubectlText;

public sealed class DescriberTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 8, 5, 0, TimeSpan.Zero);

    [Fact]
    public void Containers_tell_how_they_ended_and_what_they_are_given()
    {
        var text = new Description(Now);
        Json pod = JsonNode.Parse("""
            {"metadata":{"name":"p"},"spec":{"containers":[{"name":"c","image":"i:1","command":["sh","-c"],"args":["a\nb"],
             "ports":[{"containerPort":80,"protocol":"TCP","name":"http"},{"containerPort":81,"protocol":"TCP"}],
             "resources":{"limits":{"memory":"64Mi"},"requests":{"cpu":"0.1"}},
             "livenessProbe":{"httpGet":{"path":"/ok","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3},
             "env":[{"name":"ME","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}},{"name":"A","value":"x"}],
             "volumeMounts":[{"name":"v","mountPath":"/v","readOnly":true}]}]},
             "status":{"containerStatuses":[{"name":"c","restartCount":2,"ready":false,"imageID":"sha","containerID":"cid","state":{"waiting":{"reason":"CrashLoopBackOff"}},
             "lastState":{"terminated":{"exitCode":137,"reason":"OOMKilled","startedAt":"2026-01-01T08:00:00Z","finishedAt":"2026-01-01T08:01:00Z"}}}]}}
            """);
        text.Containers("Containers", pod["spec"]["containers"], pod["status"]["containerStatuses"], pod);
        Assert.Equal("""
            Containers:
              c:
                Container ID:  cid
                Image:         i:1
                Image ID:      sha
                Ports:         80/TCP (http), 81/TCP
                Host Ports:    0/TCP (http), 0/TCP
                Command:
                  sh
                  -c
                Args:
                  a
                  b
                State:          Waiting
                  Reason:       CrashLoopBackOff
                Last State:     Terminated
                  Reason:       OOMKilled
                  Exit Code:    137
                  Started:      Thu, 01 Jan 2026 08:00:00 +0000
                  Finished:     Thu, 01 Jan 2026 08:01:00 +0000
                Ready:          False
                Restart Count:  2
                Limits:
                  memory:  64Mi
                Requests:
                  cpu:     100m
                Liveness:  http-get http://:80/ok delay=0s timeout=1s period=10s #success=1 #failure=3
                Environment:
                  ME:  p (v1:metadata.name)
                  A:   x
                Mounts:
                  /v from v (ro)

            """, text.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Events_are_told_in_the_order_of_their_last_time_and_counted()
    {
        var text = new Description(Now);
        text.Field("QoS Class", "BestEffort");
        text.Events([
            JsonNode.Parse("""{"type":"Warning","reason":"BackOff","message":"late","count":4,"firstTimestamp":"2026-01-01T08:00:00Z","lastTimestamp":"2026-01-01T08:04:57Z","source":{"component":"kubelet"}}"""),
            JsonNode.Parse("""{"type":"Normal","reason":"Pulled","message":"early","count":1,"firstTimestamp":"2026-01-01T08:00:00Z","lastTimestamp":"2026-01-01T08:00:00Z","source":{"component":"kubelet"}}"""),
        ]);
        Assert.Equal("""
            QoS Class:  BestEffort
            Events:
              Type     Reason   Age              From     Message
              ----     ------   ----             ----     -------
              Normal   Pulled   5m               kubelet  early
              Warning  BackOff  3s (x4 over 5m)  kubelet  late

            """, text.ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void The_largest_init_container_counts_only_when_it_is_more_than_all_others_together()
    {
        Json pod = JsonNode.Parse("""
            {"spec":{"initContainers":[{"resources":{"requests":{"cpu":"2"}}},{"restartPolicy":"Always","resources":{"requests":{"cpu":"100m"}}}],
             "containers":[{"resources":{"requests":{"cpu":"300m"}}},{"resources":{"requests":{"cpu":"200m","memory":"1Gi"}}}]}}
            """);
        var requests = PodResources.Of(pod, "requests");
        Assert.Equal("2", requests["cpu"].ToString());
        Assert.Equal("1Gi", requests["memory"].ToString());
    }
}
