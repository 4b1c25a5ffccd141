import { createRequire } from "node:module";

/** What a call through the SDK came to; refusals included. */
export interface SdkAnswer {
	status: number;
	headers: Record<string, string>;
	/** Parsed body; undefined when there was none. */
	body: unknown;
}

interface SdkApiClient {
	setGateway(gateway: { host: string; protocol: string; port: number }): void;
	setReturnExtendedResponses(extended: boolean): void;
	setAccessToken(token: string): void;
	loginClientCredentialsGrant(clientId: string, secret: string): Promise<{ accessToken: string }>;
}

type SdkApi = Record<string, (...args: unknown[]) => Promise<unknown>>;

interface SdkModule {
	ApiClient: { instance: SdkApiClient };
	[api: string]: unknown;
}

/** The unmodified official SDK. Its client is a singleton, so calls must run one after the other. */
const sdk = createRequire(import.meta.url)("purecloud-platform-client-v2") as SdkModule;

/** Points the SDK at a server, as its users do with `setGateway`. */
export function pointSdkAt(baseUrl: string): void {
	const url = new URL(baseUrl);
	const client = sdk.ApiClient.instance;
	client.setGateway({ host: url.hostname, protocol: url.protocol.replace(":", ""), port: Number(url.port) });
	client.setReturnExtendedResponses(true);
}

/** Logs in by client credentials through the SDK and returns the access token. */
export async function loginByClientCredentials(clientId: string, secret: string): Promise<string> {
	return (await sdk.ApiClient.instance.loginClientCredentialsGrant(clientId, secret)).accessToken;
}

/** Calls `UsersApi.getUser` and the like with a token of its own. */
export async function callSdk(token: string, sdkMethod: string, args: readonly unknown[]): Promise<SdkAnswer> {
	const [apiName = "", methodName = ""] = sdkMethod.split(".");
	const Api = sdk[apiName] as (new () => SdkApi) | undefined;
	const api = Api ? new Api() : undefined;
	const method = api?.[methodName];
	if (!api || !method) throw new Error(`The SDK has no ${sdkMethod}.`);
	sdk.ApiClient.instance.setAccessToken(token);
	try {
		return asAnswer(await method.apply(api, [...args]));
	} catch (error) {
		if (isAnswer(error)) return asAnswer(error);
		throw error;
	}
}

function isAnswer(value: unknown): value is SdkAnswer {
	return typeof value === "object" && value !== null && "status" in value && typeof value.status === "number";
}

function asAnswer(value: unknown): SdkAnswer {
	if (!isAnswer(value)) throw new Error(`The SDK gave no extended answer: ${JSON.stringify(value)}`);
	const body = isEmpty(value.body) ? undefined : value.body;
	return { status: value.status, headers: { ...value.headers }, body };
}

/** The SDK hands an empty answer on as an empty string. */
function isEmpty(body: unknown): boolean {
	return body === undefined || body === null || body === "";
}
