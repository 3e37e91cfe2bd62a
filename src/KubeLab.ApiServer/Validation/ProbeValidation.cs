using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Validation;

/// <summary>What is wrong with probes and hooks.</summary>
internal static class ProbeValidation
{
    public static void Validate(Container container, FieldPath path, FieldErrors errors)
    {
        Hook(container.Lifecycle?.PostStart, path.Child("lifecycle").Child("postStart"), errors);
        Hook(container.Lifecycle?.PreStop, path.Child("lifecycle").Child("preStop"), errors);
        Probe(container.LivenessProbe, path.Child("livenessProbe"), mustSucceedOnce: true, errors);
        Probe(container.ReadinessProbe, path.Child("readinessProbe"), mustSucceedOnce: false, errors);
        Probe(container.StartupProbe, path.Child("startupProbe"), mustSucceedOnce: true, errors);
        if (container.ReadinessProbe?.TerminationGracePeriodSeconds is { } seconds)
        {
            errors.Invalid(path.Child("readinessProbe").Child("terminationGracePeriodSeconds"), seconds, "must not be set for readinessProbes");
        }
    }

    private static void Probe(Probe? probe, FieldPath path, bool mustSucceedOnce, FieldErrors errors)
    {
        if (probe is null)
        {
            return;
        }

        Handlers(probe.Exec, probe.HttpGet, probe.TcpSocket, probe.Grpc, null, path, errors);
        errors.NonNegative(path.Child("initialDelaySeconds"), probe.InitialDelaySeconds);
        errors.NonNegative(path.Child("timeoutSeconds"), probe.TimeoutSeconds);
        errors.NonNegative(path.Child("periodSeconds"), probe.PeriodSeconds);
        errors.NonNegative(path.Child("successThreshold"), probe.SuccessThreshold);
        errors.NonNegative(path.Child("failureThreshold"), probe.FailureThreshold);
        if (probe.TerminationGracePeriodSeconds <= 0)
        {
            errors.Invalid(path.Child("terminationGracePeriodSeconds"), probe.TerminationGracePeriodSeconds, "must be greater than 0");
        }

        if (mustSucceedOnce && probe.SuccessThreshold is not (0 or 1))
        {
            errors.Invalid(path.Child("successThreshold"), probe.SuccessThreshold, "must be 1");
        }
    }

    private static void Hook(LifecycleHandler? hook, FieldPath path, FieldErrors errors)
    {
        if (hook is not null)
        {
            Handlers(hook.Exec, hook.HttpGet, null, null, hook.Sleep, path, errors);
        }
    }

    private static void Handlers(
        ExecAction? exec, HttpGetAction? http, TcpSocketAction? tcp, GrpcAction? grpc, SleepAction? sleep, FieldPath path, FieldErrors errors)
    {
        var count = 0;
        if (exec is not null && IsFirst(ref count, path.Child("exec"), errors) && exec.Command.IsEmpty)
        {
            errors.Required(path.Child("exec").Child("command"));
        }

        if (http is not null && IsFirst(ref count, path.Child("httpGet"), errors))
        {
            Http(http, path.Child("httpGet"), errors);
        }

        if (tcp is not null && IsFirst(ref count, path.Child("tcpSocket"), errors))
        {
            Port(tcp.Port, path.Child("tcpSocket").Child("port"), errors);
        }

        if (grpc is not null && IsFirst(ref count, path.Child("grpc"), errors))
        {
            errors.Port(path.Child("grpc").Child("port"), grpc.Port);
        }

        if (sleep is not null && IsFirst(ref count, path.Child("sleep"), errors))
        {
            errors.NonNegative(path.Child("sleep").Child("seconds"), sleep.Seconds);
        }

        if (count == 0)
        {
            errors.Required(path, "must specify a handler type");
        }
    }

    private static bool IsFirst(ref int count, FieldPath path, FieldErrors errors)
    {
        if (count++ > 0)
        {
            errors.Forbidden(path, "may not specify more than 1 handler type");
            return false;
        }

        return true;
    }

    private static void Http(HttpGetAction http, FieldPath path, FieldErrors errors)
    {
        if (string.IsNullOrEmpty(http.Path))
        {
            errors.Required(path.Child("path"));
        }

        Port(http.Port, path.Child("port"), errors);
        if (http.Scheme is not ("HTTP" or "HTTPS"))
        {
            errors.NotSupported(path.Child("scheme"), http.Scheme ?? "", "HTTP", "HTTPS");
        }
    }

    public static void Port(IntOrString port, FieldPath path, FieldErrors errors)
    {
        if (port.StrVal is { } name)
        {
            errors.InvalidAll(path, name, NameRules.PortNameErrors(name));
        }
        else
        {
            errors.Port(path, port.IntValue);
        }
    }
}
