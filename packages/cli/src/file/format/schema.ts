/** What `inlay.yaml` may say: one declaration, of which come types, checks, and the schema for editors. */
import { scopes } from "@inlay/contract";
import { type Static, type TProperties, Type } from "typebox";

/** Whatever is not written stays as it is: so almost everything may be left out, and nothing may be misspelt. */
const thing = <T extends TProperties>(properties: T, description: string) =>
	Type.Object(properties, { additionalProperties: false, description });
const optional = Type.Optional;
const list = <T extends Parameters<typeof Type.Array>[0]>(items: T, description: string, maxItems = 5_000) =>
	optional(Type.Array(items, { maxItems, description }));
const oneOf = <const T extends string>(values: readonly T[], description: string) =>
	optional(Type.Enum([...values], { description }));
const flag = (description: string) => optional(Type.Boolean({ description }));

const Name = Type.String({
	minLength: 1,
	maxLength: 200,
	pattern: "\\S",
	description: "Its name, by which it is known.",
});
const Named = Type.String({ minLength: 1, maxLength: 200 });
const Description = optional(Type.String({ maxLength: 2_000, description: "What it is for." }));
const Division = optional(Type.String({ minLength: 1, maxLength: 200, description: "Name of its division." }));
const Email = Type.String({
	maxLength: 320,
	pattern: "^[^\\s@]+@[^\\s@]+$",
	description: "An e-mail address, such as ada@example.com.",
});
const Permission = Type.String({
	pattern: "^[A-Za-z0-9_]+:[A-Za-z0-9_*]+:[A-Za-z0-9_*]+$",
	description: "A permission as domain:entity:action, * for any, such as routing:queue:view.",
});
const Origin = Type.String({
	pattern: "^https?://[^/\\s?#]+$",
	description: "An origin without a path, such as https://crm.example.com.",
});
const roles = {
	roles: list(Named, "Names of all roles that it holds in the home division.", 300),
	rolesIn: optional(
		Type.Record(Type.String({ minLength: 1 }), Type.Array(Named, { maxItems: 300 }), {
			description: "Division (* for every one) to the names of all roles that it holds there.",
		}),
	),
};
const Proficiencies = (description: string) =>
	optional(Type.Record(Type.String({ minLength: 1 }), Type.Number({ minimum: 0, maximum: 5 }), { description }));

const DivisionThing = thing({ name: Name, description: Description }, "A part of the organization's things.");
const WrapupCode = thing(
	{ name: Name, description: Description, division: Division },
	"What an interaction was about, as agents say it.",
);
const Presence = thing(
	{
		name: Name,
		systemPresence: oneOf(["Available", "Away", "Busy", "Meal", "Training", "Meeting", "Break"], "What it counts as."),
		labels: optional(
			Type.Record(
				Type.String({
					pattern: "^[A-Za-z]{2,8}([_-][A-Za-z0-9]{1,8}){0,3}$",
					description: "A language, such as de or pt-BR.",
				}),
				Named,
				{
					additionalProperties: false,
					description: "Language to what it is called there, such as de: Mittag.",
				},
			),
		),
		deactivated: flag("Nobody may choose it any more."),
	},
	"A presence of the organization's own (status).",
);
const Role = thing(
	{ name: Name, description: Description, permissions: list(Permission, "All permissions that it gives.", 5_000) },
	"Permissions under a name.",
);
const Group = thing(
	{ name: Name, description: Description, members: list(Email, "E-mail addresses of all its members.") },
	"People under a name, to whom deployments are opened.",
);
const Client = thing(
	{
		name: Name,
		description: Description,
		grantType: oneOf(["CODE", "TOKEN", "CLIENT-CREDENTIALS"], "TOKEN is the guide's implicit grant."),
		redirectUris: list(
			Type.String({
				pattern: "^https?://\\S+$",
				maxLength: 2_000,
				description: "A whole address, such as https://apps.mypurecloud.com/crm/index.html.",
			}),
			"Authorized redirect URIs, compared letter by letter.",
			200,
		),
		scopes: list(Type.Enum(scopes.map(({ id }) => id)), "What it may touch at all.", 300),
		tokenDuration: optional(
			Type.Integer({ minimum: 300, maximum: 172_800, description: "Seconds that a token lives; the guide: 64800." }),
		),
		active: flag("Whether it may be used."),
		...roles,
	},
	"An OAuth client. Roles are for CLIENT-CREDENTIALS, scopes for the others.",
);
const User = thing(
	{
		email: Email,
		name: optional(Name),
		division: Division,
		title: optional(Type.String({ maxLength: 500 })),
		department: optional(Type.String({ maxLength: 500 })),
		active: flag("Whether the account may be used."),
		...roles,
		groups: list(Named, "Groups that the user is in; there may be others.", 500),
		queues: list(Named, "Queues that the user is a member of; there may be others.", 500),
		skills: Proficiencies("All skills of the user, each with its proficiency from 0 to 5."),
		languages: Proficiencies("All languages of the user, each with its proficiency from 0 to 5."),
		password: optional(
			thing(
				{
					env: Type.String({
						pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
						description:
							"Name of the environment variable that has it, of letters, digits and _, such as FIRST_PASSWORD.",
					}),
				},
				"First password of an account that is made; one that is there keeps its own.",
			),
		),
	},
	"A person, known by the e-mail address.",
);

const ServiceLevel = thing(
	{ percentage: optional(Type.Number({ minimum: 0, maximum: 1 })), durationMs: optional(Type.Integer({ minimum: 0 })) },
	"Share of the interactions (0 to 1) that is answered within so many milliseconds.",
);
const medium = {
	alertingTimeoutSeconds: optional(Type.Integer({ minimum: 7, maximum: 3_600 })),
	serviceLevel: optional(ServiceLevel),
};
const Medium = optional(thing(medium, "How long it rings, and what is aimed at."));
const Callback = optional(
	thing(
		{
			...medium,
			mode: oneOf(["AgentFirst", "CustomerFirst"], "Who is called first."),
			maxRetryCount: optional(Type.Integer({ minimum: 0, maximum: 10 })),
			retryDelaySeconds: optional(Type.Integer({ minimum: 30, maximum: 86_400 })),
			enableAutoDialAndEnd: flag("Dialled, and ended, by itself."),
			autoDialDelaySeconds: optional(Type.Integer({ minimum: 0, maximum: 1_200 })),
			autoEndDelaySeconds: optional(Type.Integer({ minimum: 0, maximum: 1_200 })),
		},
		"How people are called back.",
	),
);
const OwnedCallbacks = optional(
	thing(
		{
			enableAgentOwnedCallbacks: flag("Callbacks may wait for one agent."),
			maxOwnedCallbackHours: optional(Type.Integer({ minimum: 1, maximum: 720 })),
			maxOwnedCallbackDelayHours: optional(Type.Integer({ minimum: 1, maximum: 720 })),
		},
		"Callbacks of one agent.",
	),
);
const Queue = thing(
	{
		name: Name,
		description: Description,
		division: Division,
		members: list(Email, "E-mail addresses of all its members."),
		wrapupCodes: list(Named, "Names of all wrap-up codes that may be given in it.", 1_000),
		scoringMethod: oneOf(["TimestampAndPriority", "PriorityOnly"], "Who is served first."),
		skillEvaluationMethod: oneOf(["NONE", "BEST", "ALL"], "How skills choose agents."),
		enableTranscription: flag("What is said in its calls is turned into text, where there is a speech engine."),
		inlayTranscriptionLanguage: optional(
			Type.String({ maxLength: 40, description: "Which language is spoken in them, such as en-GB." }),
		),
		acwSettings: optional(
			thing(
				{
					wrapupPrompt: oneOf(
						["MANDATORY", "OPTIONAL", "MANDATORY_TIMEOUT", "MANDATORY_FORCED_TIMEOUT", "AGENT_REQUESTED"],
						"What is asked of agents.",
					),
					timeoutMs: optional(Type.Integer({ minimum: 1_000, maximum: 900_000 })),
				},
				"After-call work.",
			),
		),
		agentOwnedRouting: OwnedCallbacks,
		mediaSettings: optional(
			thing({ call: Medium, callback: Callback, chat: Medium, email: Medium, message: Medium }, "By medium."),
		),
	},
	"Where customers wait for an agent.",
);

const ContactList = thing(
	{
		name: Name,
		division: Division,
		columns: list(Named, "Names of all columns; those that are there cannot be taken away.", 50),
		phoneColumns: list(
			thing(
				{ column: Named, type: Named, timeZoneColumn: optional(Named) },
				"A column with numbers, such as cell, and the column with their time zone.",
			),
			"Where the numbers are.",
			10,
		),
	},
	"Whom campaigns call; its contacts are uploaded in the console or by the API.",
);
const Campaign = thing(
	{
		name: Name,
		division: Division,
		contactList: optional(Named),
		queue: optional(Named),
		dialingMode: oneOf(["preview", "progressive", "power"], "Who is called when."),
		phoneColumns: list(Named, "Columns of numbers that are called, in this order.", 10),
		callerName: optional(Type.String({ minLength: 1, maxLength: 100 })),
		callerAddress: optional(Type.String({ minLength: 1, maxLength: 60 })),
		priority: optional(Type.Integer({ minimum: 1, maximum: 5 })),
	},
	"Calls the contacts of a list for a queue. It is made switched off; nothing here starts or stops it.",
);

/** Properties that a deployment's configuration has by these very names. */
export const deploymentProperties = {
	allowedOrigins: list(Origin, "Pages that may embed the panel; https://*.example.com works too.", 200),
	scriptOrigins: list(Origin, "Where the script may load more scripts from.", 200),
	connectOrigins: list(Origin, "Servers that the script may call.", 200),
	development: flag("Panels may run a script from the machine of whoever writes it."),
	directMessages: flag("Embedding pages may drive the panel by messages, without a line in the script."),
	quietChanges: flag("The script hears no change in which nothing differs."),
	preserveAttributeCase: flag("The script sees attribute names as written."),
	pageCompatibility: flag("The script finds the names of the original's page."),
	withoutGuards: flag("The script runs as it was written: nothing ends one that does not come back."),
	isolation: flag("The script runs in a frame of its own."),
	scriptToken: flag("Whether the script gets the agent's token."),
	partnerName: optional(
		Type.String({
			pattern: "^[A-Za-z0-9-]+$",
			description: "The name in a public deployment's address, of letters, digits and -, such as acme-crm.",
		}),
	),
};
const Deployment = thing(
	{
		name: Name,
		type: oneOf(["private", "public"], "private (at most five) unless written."),
		client: optional(
			Type.String({ minLength: 1, description: "Name of the OAuth client that its panel signs in with." }),
		),
		script: optional(
			Type.String({
				minLength: 1,
				description: "Path of framework.js, from this file on; {{clientId}} and {{appName}} in it are filled in.",
			}),
		),
		groups: list(Named, "Names of all groups whose members may use it; [] for everybody.", 500),
		active: flag("Whether it is switched on."),
		notes: optional(Type.String({ maxLength: 4_000 })),
		...deploymentProperties,
	},
	"An installed panel.",
);

const removable = (what: string) => list(Named, `Names of ${what} that are not to be.`);

export const FileSchema = Type.Object(
	{
		inlay: Type.Literal(1, { description: "The version of this format." }),
		divisions: list(DivisionThing, "Parts of the organization's things."),
		skills: list(Name, "Names of skills."),
		languages: list(Name, "Names of languages that agents speak."),
		wrapupCodes: list(WrapupCode, "What interactions were about."),
		presenceDefinitions: list(Presence, "Presences of the organization's own."),
		roles: list(Role, "Permissions under a name."),
		clients: list(Client, "OAuth clients."),
		users: list(User, "People.", 20_000),
		groups: list(Group, "People under a name."),
		queues: list(Queue, "Where customers wait."),
		contactLists: list(ContactList, "Whom campaigns call."),
		campaigns: list(Campaign, "Frames of campaigns."),
		deployments: list(Deployment, "Installed panels."),
		remove: optional(
			thing(
				{
					skills: removable("skills"),
					languages: removable("languages"),
					wrapupCodes: removable("wrap-up codes"),
					presenceDefinitions: removable("presences"),
					roles: removable("roles"),
					clients: removable("OAuth clients"),
					users: list(Email, "E-mail addresses of users that are not to be."),
					groups: removable("groups"),
					queues: removable("queues"),
					contactLists: removable("contact lists"),
					campaigns: removable("campaigns"),
					deployments: removable("deployments"),
					divisions: removable("divisions"),
				},
				"What is not to be: deleted where it is there. To leave something out above deletes nothing.",
			),
		),
	},
	{
		additionalProperties: false,
		title: "inlay.yaml",
		description: "What an organization is to have. What is not written is left alone.",
	},
);

export type InlayFile = Static<typeof FileSchema>;
