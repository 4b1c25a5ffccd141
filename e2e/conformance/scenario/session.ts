import type { Demo } from "../../support/demo.ts";
import type { ConformanceRun } from "../run.ts";
import type { People } from "./people.ts";

const expand = [
	"presence",
	"routingStatus",
	"station",
	"authorization",
	"groups",
	"organization",
	"conversationSummary",
];

/** Token, own user, organization and its settings. */
export async function sessionSteps(run: ConformanceRun, people: People, demo: Demo): Promise<void> {
	const { agent, admin } = people;
	await run.part("own token", () => run.call(agent, "TokensApi.getTokensMe"));
	await run.part("token check", () => run.call(agent, "TokensApi.headTokensMe"));
	await run.part("own user", async () => {
		await run.call(agent, "UsersApi.getUsersMe");
		await run.call(agent, "UsersApi.getUsersMe", { expand });
		await run.call(admin, "UsersApi.getUsersMe", { expand });
	});
	await run.part("organization", () => run.call(agent, "OrganizationApi.getOrganizationsMe"));
	await run.part("organization, changed", async () => {
		const now = await run.call(admin, "OrganizationApi.getOrganizationsMe");
		await run.call(admin, "OrganizationApi.putOrganizationsMe", { body: now });
	});
	await run.part("date", () => run.call(agent, "UtilitiesApi.getDate"));
	await run.part("sign out", async () => run.call(await people.agentAgain(), "TokensApi.deleteTokensMe"));
	await run.part("idle timeout", () => run.call(agent, "TokensApi.getTokensTimeout"));
	await run.part("time zones", () => run.call(agent, "UtilitiesApi.getTimezones"));
	await run.part("sign another out", async () => {
		await run.call(admin, "TokensApi.deleteToken", demo.users.supervisor.id);
	});
	await run.part("allow-list", async () => {
		const settings = await run.call<{ domainAllowlist?: string[] }>(
			admin,
			"OrganizationApi.getOrganizationsAuthenticationSettings",
		);
		const change = { domainAllowlist: [...(settings.domainAllowlist ?? []), "https://crm.example.com"] };
		await run.call(admin, "OrganizationApi.patchOrganizationsAuthenticationSettings", change);
	});
	await run.part("allow-list, older form", async () => {
		const current = await run.call(admin, "OrganizationApi.getOrganizationsEmbeddedintegration");
		await run.call(admin, "OrganizationApi.putOrganizationsEmbeddedintegration", current);
	});
}
