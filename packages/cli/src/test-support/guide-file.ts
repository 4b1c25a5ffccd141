/** The configuration guide's path and what is around it, as a file: one of each section. */
export const guideFile = {
	inlay: 1,
	skills: ["Billing", "Refunds"],
	languages: ["English"],
	wrapupCodes: [{ name: "Sorted out" }, { name: "Call again", description: "Tomorrow" }],
	presenceDefinitions: [{ name: "Siesta", systemPresence: "Meal", labels: { de: "Mittag" } }],
	roles: [{ name: "On duty", permissions: ["routing:queue:join", "routing:agent:onqueue"] }],
	clients: [
		{
			name: "expertflow-dynamics-connector",
			grantType: "TOKEN",
			tokenDuration: 64_800,
			redirectUris: ["https://apps.mypurecloud.com/crm/index.html"],
			scopes: ["conversations", "users"],
		},
	],
	users: [
		{
			email: "ann@agents.example",
			name: "Ann",
			roles: ["Agent", "On duty"],
			skills: { Billing: 4 },
			languages: { English: 5 },
			groups: ["Agents"],
		},
		{ email: "bo@agents.example", name: "Bo", roles: ["Agent"], queues: ["Support"], password: { env: "FIRST" } },
	],
	groups: [{ name: "Agents", description: "In the CRM", members: ["bo@agents.example"] }],
	queues: [
		{
			name: "Support",
			members: ["ann@agents.example"],
			wrapupCodes: ["Sorted out", "Call again"],
			acwSettings: { wrapupPrompt: "OPTIONAL" },
			mediaSettings: { call: { alertingTimeoutSeconds: 20 } },
		},
	],
	deployments: [
		{
			name: "Dynamics",
			client: "expertflow-dynamics-connector",
			script: "framework.js",
			groups: ["Agents"],
			allowedOrigins: ["https://crm.example.com"],
			active: true,
		},
	],
};

/** Beside it as `framework.js`. */
export const guideScript =
	'window.Framework = { config: { name: "{{appName}}", clientIds: { "mypurecloud.com": "{{clientId}}" } }, initialSetup() {} };\n';

/** Where its password is. */
export const guideEnv = { FIRST: "Correct-Horse-7" };
