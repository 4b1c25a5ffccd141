import { agentScopes } from "@inlay/contract";
import type { Browser, FrameLocator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../scripts/testing/chromium.ts";
import { callSdk, loginByClientCredentials, pointSdkAt } from "./conformance/sdk.ts";
import { type EmbeddingPage, postedTo, serveEmbeddingPage } from "./support/embedding-page.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { until } from "./support/until.ts";

const typeId = "private-embeddable-framework";
const password = "Correct-Horse-7-Battery";

interface Person {
	id: string;
	email: string;
}

interface Panel {
	id: string;
	clientId: string;
	url: string;
}

/** The configuration guide's path, by the API alone and through the unmodified SDK; then agents open the panels. */
describe("the configuration path", () => {
	let inlay: TestInlay;
	let crm: EmbeddingPage;
	let browser: Browser;
	let token: string;
	let region: string;
	let group: { id: string; name: string };
	let member: Person;
	let outsider: Person;
	let powerless: Person;
	let code: Panel;
	let implicit: Panel;

	beforeAll(async () => {
		inlay = await startTestInlay();
		crm = await serveEmbeddingPage("crm");
		browser = await launchChromium();
		pointSdkAt(inlay.baseUrl);
		const { automation } = inlay.demo.clients;
		token = await loginByClientCredentials(automation.id, automation.secret ?? "");
		const boot = (await (await fetch(`${inlay.panelUrl}/crm/boot.json`)).json()) as { region: string };
		region = boot.region;
		await makePeople();
	});

	afterAll(async () => {
		await browser?.close();
		crm?.close();
		await inlay?.stop();
	});

	/** Calls the SDK and insists on success. */
	async function sdk<T>(method: string, ...args: unknown[]): Promise<T> {
		const answer = await callSdk(token, method, args);
		expect(answer.status, `${method}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
		return answer.body as T;
	}

	async function makePeople(): Promise<void> {
		const home = await sdk<{ id: string }>("AuthorizationApi.getAuthorizationDivisionsHome");
		const roles = await sdk<{ entities: Array<{ id: string; name: string }> }>(
			"AuthorizationApi.getAuthorizationRoles",
			{ pageSize: 100 },
		);
		const agentRole = roles.entities.find((role) => role.name === "Agent");
		const hire = async (name: string, roleId: string | undefined): Promise<Person> => {
			const email = `${name.toLowerCase()}@configuration.example`;
			const { id } = await sdk<Person>("UsersApi.postUsers", { name, email, password, divisionId: home.id });
			if (roleId) await sdk("AuthorizationApi.putUserRoles", id, [roleId]);
			return { id, email };
		};
		member = await hire("Mona", agentRole?.id);
		outsider = await hire("Otto", agentRole?.id);
		powerless = await hire("Paula", undefined);
		const wanted = { name: "Configured agents", type: "official", rulesVisible: true, visibility: "public" };
		const made = await sdk<{ id: string; name: string; version: number }>("GroupsApi.postGroups", wanted);
		const memberIds = [member.id, powerless.id];
		await sdk("GroupsApi.postGroupMembers", made.id, { memberIds, version: made.version });
		group = made;
	}

	/** Client, integration, configuration with a script that names the client, group, activation. */
	async function configured(name: string, grant: "CODE" | "TOKEN"): Promise<Panel> {
		const client = await sdk<{ id: string }>("OAuthApi.postOauthClients", {
			name: `${name} client`,
			authorizedGrantType: grant,
			registeredRedirectUri: [`${inlay.panelUrl}/crm/index.html`],
			scope: [...agentScopes],
			accessTokenValiditySeconds: 64_800,
		});
		const made = await sdk<{ id: string }>("IntegrationsApi.postIntegrations", {
			body: { name, integrationType: { id: typeId } },
		});
		const current = await sdk<object>("IntegrationsApi.getIntegrationConfigCurrent", made.id);
		const properties = {
			frameworkJs: script(name, client.id),
			groups: [group.id],
			allowedOrigins: [crm.origin],
		};
		const body = { ...current, properties };
		await sdk("IntegrationsApi.putIntegrationConfigCurrent", made.id, { body });
		await sdk("IntegrationsApi.patchIntegration", made.id, { body: { intendedState: "ENABLED" } });
		const url = `${inlay.panelUrl}/crm/embeddableFramework.html?deployment=${made.id}`;
		return { id: made.id, clientId: client.id, url };
	}

	/** A script as the guide has it, which tells the embedding page that it runs. */
	function script(name: string, clientId: string): string {
		const config = { name, clientIds: { [region]: clientId }, settings: {} };
		return `parent.postMessage({ loaded: ${JSON.stringify(name)} }, "*");
window.Framework = {
	config: ${JSON.stringify(config)},
	initialSetup: function () { parent.postMessage({ setup: ${JSON.stringify(name)} }, "*"); },
	screenPop: function () {}, processCallLog: function () {}, openCallLog: function () {}, contactSearch: function () {}
};`;
	}

	/** The organization's page with panels in it, in a browser profile of its own, and what it asked of the sign-in. */
	async function open(...panels: Panel[]): Promise<{ page: Page; authorize: URL[] }> {
		const page = await (await browser.newContext()).newPage();
		const authorize: URL[] = [];
		page.on("request", (request) => {
			const url = new URL(request.url());
			if (url.pathname === "/oauth/authorize" && request.method() === "GET") authorize.push(url);
		});
		await page.goto(crm.embedding(...panels.map((panel) => panel.url)));
		return { page, authorize };
	}

	async function signIn(panel: FrameLocator, { email }: Person): Promise<void> {
		await panel.locator("#username").fill(email);
		await panel.locator("#password").fill(password);
		await panel.locator("#submit").click();
	}

	const frame = (page: Page, index = 0) => page.frameLocator(`iframe[name=panel${index}]`);
	const setUp = (page: Page, name: string) =>
		until(`the script of ${name} has set up`, async () =>
			(await postedTo(page)).some(({ data }) => (data as { setup?: string } | null)?.setup === name),
		);

	it("configures a deployment whose panel runs that script with that client, for a member of the group", async () => {
		code = await configured("By code", "CODE");
		const { page, authorize } = await open(code);
		await signIn(frame(page), member);
		await setUp(page, "By code");
		const posted = await postedTo(page);
		expect(posted).toContainEqual({ origin: inlay.panelUrl, data: { loaded: "By code" } });
		expect(authorize.map((url) => url.searchParams.get("client_id"))).toEqual([code.clientId]);
		expect(authorize[0]?.searchParams.get("response_type")).toBe("code");
		expect(authorize[0]?.searchParams.get("redirect_uri")).toBe(`${inlay.panelUrl}/crm/index.html`);
		await page.context().close();
	});

	it.each([
		["is in no group", () => outsider, /not in a group/],
		["lacks the permission", () => powerless, /permission/],
	])("tells somebody who %s why not", async (_what, who, reason) => {
		const { page } = await open(code);
		await signIn(frame(page), who());
		const alert = frame(page).getByRole("alert");
		await alert.waitFor();
		expect(await alert.textContent()).toMatch(reason);
		expect(await postedTo(page)).not.toContainEqual(expect.objectContaining({ data: { setup: "By code" } }));
		await page.context().close();
	});

	it("a page that is not on the list gets a refusal that names it", async () => {
		const stranger = await serveEmbeddingPage("stranger");
		const page = await (await browser.newContext()).newPage();
		await page.goto(stranger.embedding(code.url));
		await frame(page).getByText(`${stranger.origin}, may not embed`).waitFor();
		await page.context().close();
		stranger.close();
	});

	it("a second one with a client of its own works beside the first, until it is switched off and says so", async () => {
		implicit = await configured("By token", "TOKEN");
		const { page, authorize } = await open(code, implicit);
		await signIn(frame(page, 0), member);
		await setUp(page, "By code");
		await signIn(frame(page, 1), member);
		await setUp(page, "By token");
		const asked = authorize.map(({ searchParams }) => [
			searchParams.get("client_id"),
			searchParams.get("response_type"),
		]);
		expect(asked).toContainEqual([code.clientId, "code"]);
		expect(asked).toContainEqual([implicit.clientId, "token"]);
		await sdk("IntegrationsApi.patchIntegration", implicit.id, { body: { intendedState: "DISABLED" } });
		const alert = frame(page, 1).getByRole("alert").filter({ hasText: "switched off" });
		await alert.waitFor({ timeout: 45_000 });
		expect(await frame(page, 0).getByRole("alert").filter({ hasText: "switched off" }).count()).toBe(0);
		await page.context().close();
	}, 120_000);

	it("refuses the panel of a deployment that is switched off before anybody signs in", async () => {
		const { page, authorize } = await open(implicit);
		await frame(page).getByRole("alert").filter({ hasText: "switched off" }).waitFor();
		expect(authorize).toEqual([]);
		expect(await postedTo(page)).toEqual([]);
		await page.context().close();
	});

	it("installs five and refuses a sixth", async () => {
		let made = 0;
		const install = () =>
			callSdk(token, "IntegrationsApi.postIntegrations", [
				{ body: { name: `One more, ${++made}`, integrationType: { id: typeId } } },
			]);
		const { entities } = await sdk<{ entities: unknown[] }>("IntegrationsApi.getIntegrations", {
			integrationType: typeId,
		});
		for (let count = entities.length; count < 5; count++) expect((await install()).status).toBe(200);
		expect(await install()).toMatchObject({ status: 400, body: { code: "max.integrations.reached" } });
	});
});
