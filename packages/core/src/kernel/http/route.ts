import type { Static, TSchema } from "typebox";
import type { Principal } from "../principal.ts";

/** Which permissions open a route. `none` must be written out: leaving it away does not compile. */
export type PermissionRule = { mode: "none" } | AskedPermissions;

export interface AskedPermissions {
	mode: "any" | "all";
	permissions: readonly string[];
	/** Only a grant in every division (`*`) suffices; otherwise one in any, and the handler judges the object's division. */
	everywhere?: true;
	/** What opens to somebody because it is theirs, without any of the permissions. */
	own?: OwnThing;
}

/** What may be done to what is one's own, whatever one holds. */
export interface OwnThing {
	/** For the API's page: "one's own part of a call". */
	what: string;
	/** Asked only of a user who lacks the permissions. @param params the path's, as they were sent */
	isOwn(userId: string, params: Readonly<Record<string, string>>): Promise<boolean>;
}

/** Which OAuth scopes open a route: any one suffices; an empty list means any valid token (platform-api 2.3). */
export type ScopeRule = { public: true } | { anyOf: readonly string[] };

/** The route needs a valid token and no permission. */
export const noPermission: PermissionRule = { mode: "none" };
/** Any one of these permissions. */
export const anyOf = (...permissions: string[]): AskedPermissions => ({ mode: "any", permissions });
/** Every one of these permissions. */
export const allOf = (...permissions: string[]): AskedPermissions => ({ mode: "all", permissions });
/**
 * In every division: for changes of what has no division and so is the whole organization's, such as its settings, roles
 * and deployments. Who administers one division must not change what all the others work with.
 */
export const everywhere = (rule: AskedPermissions): AskedPermissions => ({ ...rule, everywhere: true });

/**
 * Or for what is one's own: a permission taken away must not leave somebody alone with what they have begun. Where the
 * guard lets them in by this, the handler's rules judge what they may do to it.
 */
export const orOwn = (rule: AskedPermissions, own: OwnThing): AskedPermissions => ({ ...rule, own });

/** No token at all: the login host, health, boot. */
export const publicRoute: ScopeRule = { public: true };
/** Any valid token. */
export const anyScope: ScopeRule = { anyOf: [] };
/** Reading: both `domain` and `domain:readonly` open it. */
export const readScope = (domain: string): ScopeRule => ({ anyOf: [domain, `${domain}:readonly`] });
/** Writing: only the plain form opens it. */
export const writeScope = (...scopes: string[]): ScopeRule => ({ anyOf: scopes });

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";

type Read<S> = S extends TSchema ? Static<S> : undefined;

/** What a handler gets. `principal` is absent only on public routes. */
export interface RouteRequest<P, Q, B> {
	params: P;
	query: Q;
	body: B;
	principal: Principal;
	/**
	 * Who asks, as they are by now: for work that goes on for longer than a moment, before each step of it.
	 * @throws ApiError 401 or 403 as the request itself would get, where their right or their token has ended
	 */
	asNow(): Promise<Principal>;
	headers: Record<string, string | string[] | undefined>;
	/** The request's path with its query, as the client sent it after any prefix. */
	url: string;
	correlationId: string;
	/** Address of the caller as the socket sees it. */
	ip: string;
}

/** What a handler returns: a body with the route's success status, or an explicit answer. */
export type RouteAnswer = unknown | Answer;

/** An answer that is not just a JSON body: a redirect, a page, a script, an empty 204. */
export class Answer {
	readonly status: number;
	readonly body: unknown;
	/** A list is sent as one header for each of its values. */
	readonly headers: Record<string, string | string[]>;
	constructor(status: number, body?: unknown, headers: Record<string, string | string[]> = {}) {
		this.status = status;
		this.body = body;
		this.headers = headers;
	}
}

/** Headers of an answer whose body is JSON as a text already: what many read, and few change, is written once. */
export const jsonText = { "content-type": "application/json; charset=utf-8" } as const;

/** What a refusal is about, for a page in words. */
export interface Refusal {
	status: number;
	code: string;
	/** Seconds. */
	retryAfter?: number;
	/** Under which the log has it. */
	contextId: string;
}

/** Makes a page for a person of what would be an `ErrorBody`. It must do without the database, which may be the reason. */
export type RefusalPage = (
	refusal: Refusal,
	request: Pick<RouteRequest<unknown, unknown, unknown>, "body" | "headers">,
) => Answer;

export interface RouteDeclaration<
	P extends TSchema | undefined,
	Q extends TSchema | undefined,
	B extends TSchema | undefined,
> {
	method: Method;
	/** Fastify syntax: `/api/v2/users/:userId`. */
	path: string;
	/** The SDK's method name, e.g. `getUsersMe`; unique. */
	operationId: string;
	summary: string;
	permission: PermissionRule;
	/** What the handler asks for beside it where the thing is not the caller's own, of whom the thing's division is judged. */
	forOthers?: AskedPermissions;
	scope: ScopeRule;
	params?: P;
	/** Arrays may come comma-joined or repeated; use `CommaList` of schemas.ts. Below /api other keys are refused. */
	query?: Q;
	body?: B;
	/**
	 * Fields of the body's model, at any depth, that clients send back as they read them and that are not theirs to set.
	 * `rest`: all that the schema does not name, where the operation changes a few fields of a view of something else.
	 */
	readOnly?: readonly string[] | "rest";
	/** The platform's model of the success body, by name (OpenAPI) and status. */
	success: { status: number; model?: string; description?: string };
	/** Codes that this route adds to the common ones, for OpenAPI. */
	errors?: readonly string[];
	/** Largest accepted body in bytes; default 1 MiB. */
	bodyLimit?: number;
	/** Bodies may come as HTML forms send them, too; elsewhere such a body is refused with 415. */
	acceptsForms?: boolean;
	/** The body is a file (text/csv), which the handler reads as it comes. */
	acceptsCsv?: true;
	/** Likewise, any file (application/octet-stream): what it is the handler finds out. */
	acceptsFile?: true;
	/** The handler gets a JSON body as its bytes (`Buffer`), as what is signed are these; it reads them by `jsonOf`. */
	acceptsSigned?: true;
	/** The handler compares `If-Match` (see `seenVersion`); elsewhere a change that sends one is refused, never done unseen. */
	honoursIfMatch?: boolean;
	/** Body or answer hold a secret: nothing of them is kept for who sends the same `Idempotency-Key` again. */
	holdsSecret?: true;
	/** What it does lies outside of the database: an `Idempotency-Key` is saved before, as no change of it would tell. */
	actsOutside?: true;
	/** False where an answer must not be compressed: one that holds a secret beside something that the caller chose. */
	compress?: boolean;
	/** Of an operation that people see in their browser. */
	refusalPage?: RefusalPage;
	/** Not listed in OpenAPI. */
	hidden?: boolean;
	handler(request: RouteRequest<Read<P>, Read<Q>, Read<B>>): Promise<RouteAnswer> | RouteAnswer;
}

type AnyDeclaration = RouteDeclaration<TSchema | undefined, TSchema | undefined, TSchema | undefined>;

/** A declared route, its types erased for the registry. */
export interface Route extends Omit<AnyDeclaration, "handler"> {
	handler(request: RouteRequest<unknown, unknown, unknown>): Promise<RouteAnswer> | RouteAnswer;
}

/**
 * Declares an operation. Guard, validation, OpenAPI and the conformance table all come from this one object.
 * `permission` and `scope` are required by the type: a route without them does not compile.
 */
export function route<
	P extends TSchema | undefined = undefined,
	Q extends TSchema | undefined = undefined,
	B extends TSchema | undefined = undefined,
>(declaration: RouteDeclaration<P, Q, B>): Route {
	return declaration as unknown as Route;
}
