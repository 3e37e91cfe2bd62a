using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Autoscaling;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Policy;
using KubeLab.Api.Verbs;
using KubeLab.Api.Yaml;
using KubeLab.ApiServer.Authorization;
using KubeLab.ApiServer.Decoding;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Http;

/// <summary>One request about a resource: what its method, path and parameters ask for, done and answered.</summary>
internal sealed class ResourceRequest(
    ServerConnection api,
    Authorizer authorizer,
    KindStrategy kind,
    RequestPath path,
    ApiRequest request,
    RequestQuery query,
    AnswerForm form,
    Func<DateTimeOffset> now)
{
    private static readonly ApiException NotAllowed = new(new()
    {
        State = "Failure",
        Code = 405,
        Reason = "MethodNotAllowed",
        Message = "the server does not allow this method on the requested resource",
        Details = new(),
    });

    private static readonly ApiResource DeleteOptionsResource = ApiResource.Named("v1", "deleteoptions", "DeleteOptions", false);

    private readonly List<string> warnings = [];
    private readonly ApiResource resource = kind.Resource;

    private ObjectKey Key => new(path.Namespace ?? "", path.Name ?? "");

    public ApiResponse Answer()
    {
        // A namespaced object has no path without its namespace, and others have none with one.
        if (resource.Namespaced ? path is { Namespace: null, Name: not null } : path.Namespace is not null)
        {
            return HttpFront.NoSuchPath();
        }

        if (kind.DeprecationWarning is { } deprecation)
        {
            warnings.Add(deprecation);
        }

        if (resource.QualifiedName == "endpoints")
        {
            warnings.Add("v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice");
        }

        if (!resource.Verbs.IsEmpty && !resource.Verbs.Contains(RequestInfo.Of(request, request.User, path, query).Verb))
        {
            throw NotAllowed;
        }

        if (request.Body.Length > ObjectDecoder.BodyBytesMax)
        {
            throw ObjectDecoder.TooLarge();
        }

        var response = (path.Name, path.Subresource) switch
        {
            (null, _) => Collection(),
            (_, null) => One(),
            _ => Subresource(path.Subresource),
        };
        return warnings.Count == 0 ? response : response with { Warnings = warnings };
    }

    private ApiResponse Collection() => request.Method switch
    {
        "GET" or "HEAD" when query.Is("watch") => Watch(),
        "GET" or "HEAD" => List(api.List(resource, path.Namespace, RequestOptions.List(query, null))),
        "POST" when !resource.Namespaced || path.Namespace is not null => Create(),
        "DELETE" when resource.QualifiedName != "namespaces" && (!resource.Namespaced || path.Namespace is not null) => List(api.DeleteCollection(
            resource, path.Namespace, RequestOptions.List(query, null), RequestOptions.Delete(query, OptionsBody()))),
        _ => throw NotAllowed,
    };

    private ApiResponse One() => request.Method switch
    {
        "GET" or "HEAD" when query.Is("watch") => Watch(),
        "GET" or "HEAD" => Object(api.Get(resource, Key)),
        "PUT" => Object(api.Update(resource, Named(Decode(resource, kind.RecordType, "UpdateOptions")), Write("UpdateOptions"))),
        "PATCH" => PatchOne(),
        "DELETE" => Delete(),
        _ => throw NotAllowed,
    };

    private ApiResponse Subresource(string name)
    {
        if (!resource.Subresources.Exists(s => s == name))
        {
            return HttpFront.NoSuchPath();
        }

        return (name, request.Method) switch
        {
            ("log", "GET") when query.Is("follow") => Follow(),
            ("log", "GET") => HttpFront.Text(api.Log(Key, LogRequest.Options(query))),
            ("exec" or "attach" or "portforward", "GET" or "POST") => Connect(name),
            ("binding", "POST") => Act(Binding.Resource, typeof(Binding)),
            ("token", "POST") => Token(),
            ("eviction", "POST") => Act(Eviction.Resource, typeof(Eviction)),
            ("status" or "scale", "GET") => Object(api.GetSubresource(resource, Key, name)),
            ("scale", "PUT") => Object(api.Update(resource, Named(Decode(Scale.Resource, typeof(Scale), "UpdateOptions")), Write("UpdateOptions"))),
            ("status" or "finalize", "PUT") => Object(
                api.Update(resource, Named(Decode(resource, kind.RecordType, "UpdateOptions")), Write("UpdateOptions"))),
            ("status" or "scale", "PATCH") => PatchOne(),
            ("log" or "exec" or "attach" or "portforward" or "binding" or "eviction" or "token" or "status" or "scale" or "finalize", _) => throw NotAllowed,
            _ => HttpFront.NoSuchPath(),
        };
    }

    private ApiResponse Create()
    {
        var obj = Decode(resource, kind.RecordType, "CreateOptions");
        if (resource.Namespaced)
        {
            if (!string.IsNullOrEmpty(obj.Metadata.Namespace) && obj.Metadata.Namespace != path.Namespace)
            {
                throw ApiErrors.BadRequest("the namespace of the provided object does not match the namespace sent on the request");
            }

            obj = obj.WithMetadata(obj.Metadata with { Namespace = path.Namespace });
        }

        return Object(api.Create(resource, obj, Write("CreateOptions"))) with { Code = 201 };
    }

    private ApiResponse Delete()
    {
        var options = RequestOptions.Delete(query, OptionsBody());
        var before = api.Get(resource, Key);
        return api.Delete(resource, Key, options) is { } going
            ? Object(going)
            : Success(200, new StatusDetails
            {
                Name = path.Name,
                Group = resource.Group.Length == 0 ? null : resource.Group,
                Kind = resource.Plural,
                Uid = before.Metadata.Uid,
            });
    }

    private ApiResponse Act(ApiResource bodyResource, Type record)
    {
        var body = Decode(bodyResource, record, "CreateOptions");
        if (!string.IsNullOrEmpty(body.Metadata.Name) && body.Metadata.Name != path.Name)
        {
            throw ApiErrors.BadRequest("name in URL does not match name in " + bodyResource.Kind + " object");
        }

        api.Act(resource, Key, path.Subresource!, body, Write("CreateOptions").DryRun);
        return Success(201, null);
    }

    private ApiResponse Token()
    {
        var wish = (TokenRequest)Decode(TokenRequest.Resource, typeof(TokenRequest), "CreateOptions");
        return Object(api.RequestToken(Key, wish)) with { Code = 201 };
    }

    private ApiResponse Watch()
    {
        if (query.Is("sendInitialEvents"))
        {
            const string Why = "sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled";
            throw ApiErrors.Invalid(
                ApiResource.Named("meta.k8s.io/v1", "listoptions", "ListOptions", false),
                "",
                [new StatusCause { Reason = "FieldValueForbidden", Field = "sendInitialEvents", Message = $"Forbidden: {Why}" }]);
        }

        var lines = new WatchLines(Writer());
        lines.Body.Begin(api.Watch(resource, path.Namespace, RequestOptions.List(query, path.Name), lines));
        return new ApiResponse { Code = 200, ContentType = "application/json", Watch = lines.Body };
    }

    private IApiObject Decode(ApiResource expected, Type record, string optionsKind)
    {
        var options = Write(optionsKind);
        var schema = expected == resource ? kind.Schema : null;
        return ObjectDecoder.Decode(expected, record, AsJson(expected, request.Body), options.FieldValidation, warnings.Add, schema);
    }

    private ReadOnlyMemory<byte> AsJson(ApiResource expected, ReadOnlyMemory<byte> body)
    {
        if (MediaType.IsProtobuf(request.ContentType))
        {
            return ProtobufBody.ToJson(expected, body);
        }

        return MediaType.IsYaml(request.ContentType) ? JsonFromYaml(expected.Kind, body) : body;
    }

    // An update names its object twice, in the path and in the body, and both must agree.
    private IApiObject Named(IApiObject obj)
    {
        var metadata = obj.Metadata;
        if (string.IsNullOrEmpty(metadata.Name))
        {
            throw ApiErrors.BadRequest($"the name of the object ({path.Name} based on URL) was undeterminable: name must be provided");
        }

        if (metadata.Name != path.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({metadata.Name}) does not match the name on the URL ({path.Name})");
        }

        if (path.Namespace is null)
        {
            return obj;
        }

        if (!string.IsNullOrEmpty(metadata.Namespace) && metadata.Namespace != path.Namespace)
        {
            throw ApiErrors.BadRequest(
                $"the namespace of the object ({metadata.Namespace}) does not match the namespace on the request ({path.Namespace})");
        }

        return obj.WithMetadata(metadata with { Namespace = path.Namespace });
    }

    private ApiResponse PatchOne()
    {
        var patch = Patch();
        var options = Write("PatchOptions");
        if (patch.Type != PatchType.Apply)
        {
            return options.Force ? throw NoForce() : Object(api.Patch(resource, Key, patch, options));
        }

        // Nobody applies without a name: the client's program does not stand in for it.
        var isNew = api.Find(resource, Key) is null;
        if (isNew)
        {
            authorizer.Require(RequestInfo.Of(request, request.User, path, query) with { Verb = "create" });
        }

        var applied = Object(api.Patch(resource, Key, patch, options with { FieldManager = query["fieldManager"] }));
        return isNew ? applied with { Code = 201 } : applied;
    }

    private static ApiException NoForce() => ApiErrors.Invalid(
        ApiResource.Named("meta.k8s.io/v1", "patchoptions", "PatchOptions", false),
        "",
        [new StatusCause { Reason = "FieldValueForbidden", Field = "force", Message = "Forbidden: may not be specified for non-apply patch" }]);

    private PatchBody Patch()
    {
        var type = MediaType.PatchType(request.ContentType);
        try
        {
            if (type == PatchType.Apply)
            {
                return new PatchBody(type, Yaml.Read(Encoding.UTF8.GetString(request.Body.Span)) ?? new JsonObject());
            }

            var text = PatchText.Read(request.Body, type == PatchType.Json ? "json patch " : "");
            var patch = new PatchBody(type, text.Tree ?? new JsonObject());
            Patching.Report(patch, text.Complaints, Write("PatchOptions"));
            return patch;
        }
        catch (JsonException)
        {
            var error = GoJson.ErrorIn(Encoding.UTF8.GetString(request.Body.Span));
            throw ApiErrors.BadRequest($"error decoding patch: {error}");
        }
        catch (YamlSyntaxException e)
        {
            throw ApiErrors.BadRequest($"error decoding YAML: {e.Message}");
        }
    }

    private static ReadOnlyMemory<byte> JsonFromYaml(string kind, ReadOnlyMemory<byte> body)
    {
        try
        {
            return Encoding.UTF8.GetBytes(Yaml.Read(Encoding.UTF8.GetString(body.Span))?.ToJsonString() ?? "{}");
        }
        catch (YamlSyntaxException e)
        {
            throw ApiErrors.BadRequest($"the object provided is unrecognized (must be of type {kind}): {e.Message}");
        }
    }

    private ReadOnlyMemory<byte> OptionsBody()
    {
        if (request.Body.IsEmpty)
        {
            return default;
        }

        return AsJson(DeleteOptionsResource, request.Body);
    }

    private ApiResponse Follow() => api.FollowLog(Key, LogRequest.Options(query)) is { } stream
        ? new ApiResponse { Code = 200, ContentType = "text/plain", Stream = stream }
        : HttpFront.Text("");

    /// <summary>What goes on in another protocol: found here, and spoken by the transport.</summary>
    private ApiResponse Connect(string name)
    {
        if (name == "portforward")
        {
            return new ApiResponse { Code = 101, Ports = RequireUpgrade(() => api.Ports(Key)) };
        }

        var options = LogRequest.Process(query, request.Query);
        return new ApiResponse { Code = 101, Process = options, Stream = RequireUpgrade(() => name == "exec" ? api.Exec(Key, options) : api.Attach(Key, options)) };
    }

    private T RequireUpgrade<T>(Func<T> connect)
    {
        if (!request.WantsUpgrade)
        {
            api.Get(resource, Key);
            throw ApiErrors.BadRequest("Upgrade request required");
        }

        return connect();
    }

    private WriteOptions Write(string optionsKind) => RequestOptions.Write(query, request, optionsKind, path.Subresource, warnings.Add);

    private AnswerWriter Writer() => new(resource, kind.Table, form, query["includeObject"], now);

    /// <summary>One that is used once the clock has gone on: ages stay those of now.</summary>
    private AnswerWriter LaterWriter(AnswerForm wanted)
    {
        var instant = now();
        return new(resource, kind.Table, wanted, query["includeObject"], () => instant);
    }

    private ApiResponse Object(IApiObject obj)
    {
        // A scale is an object of another kind, which no table of this one prints.
        var writer = LaterWriter(obj.Kind == resource.Kind ? form : AnswerForm.Object);
        var isPretty = query.Is("pretty");
        return new ApiResponse { Code = 200, Later = () => JsonBody.Of(json => writer.One(json, obj), isPretty) };
    }

    private ApiResponse List(ObjectList list)
    {
        const int BytesPerItem = 512;
        var writer = LaterWriter(form);
        var isPretty = query.Is("pretty");
        return new ApiResponse { Code = 200, Later = () => JsonBody.Of(json => writer.List(json, list), isPretty, (list.Items.Count + 2) * BytesPerItem) };
    }

    private static ApiResponse Success(int code, StatusDetails? details)
    {
        var status = new Status { State = "Success", Details = details, Code = details is null ? code : 0 };
        return new ApiResponse { Code = code, Body = JsonBody.Of(json => JsonBody.Write(json, status)) };
    }
}
