import extra from "./extra-operations.json" with { type: "json" };
import minimal from "./minimal-operations.json" with { type: "json" };

export type HttpMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";

/** One REST operation of the platform's public API, as its description and the official SDK 262 have it. */
export interface PlatformOperation {
	method: HttpMethod;
	/** With `{name}` for path parameters, e.g. `/api/v2/users/{userId}`. */
	path: string;
	/** Class and method of the official SDK, e.g. `UsersApi.getUser`. */
	sdkMethod: string;
	/** The part of the product it belongs to, e.g. `routing-admin`. */
	feature: string;
	permissions: readonly string[];
	/** Whether one or all of `permissions` are asked for; null when there are none. */
	permissionMode: "ANY" | "ALL" | null;
	/** Any one suffices. */
	scopes: readonly string[];
	/** Query parameters; a trailing `*` marks a required one. */
	query: readonly string[];
	/** Model name, `Array<Model>`, a primitive, or null without a body. */
	request: string | null;
	/** Model name, `Array<Model>`, a primitive, or null without a body. */
	response: string | null;
	/** Empty where the description names none: then 204 for DELETE, else 200. */
	successStatus: readonly number[];
}

/** Operations without which the agent client, its SDKs and its administration cannot work. */
export const minimalOperations = minimal as readonly PlatformOperation[];

/** Operations beyond the minimum that Inlay serves as well: groups, own settings, call history. */
export const extraOperations = extra as readonly PlatformOperation[];

/** The operation of a method and path template, or undefined when neither list has it. */
export function platformOperation(method: string, path: string): PlatformOperation | undefined {
	const wanted = (operation: PlatformOperation) => operation.method === method && operation.path === path;
	return minimalOperations.find(wanted) ?? extraOperations.find(wanted);
}
