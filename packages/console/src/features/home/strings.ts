import { catalogue, textOf } from "@inlay/ui";

const texts = catalogue("home", {
	title: "Home",
	lead: "What goes on now, and what needs you.",
	lost: "The connection was lost, so what stands here may be old. It is being tried again.",
	nothing: "There is nothing here that you may see.",
	nothingHint:
		"This page shows deployments, queues and what agents meet. Ask an administrator for a role that may see one of them.",
	steps: "Next steps",
	stepDone: "Done",
	step_client: "Add an OAuth client for agents to sign in with",
	step_deployment: "Add a deployment",
	step_script: "Upload its framework.js",
	step_group: "Put the people who may use it into a group, and choose the group",
	step_active: "Activate the deployment",
	step_agent: "Give another person a role with the permission for the panel, such as Agent",
	step_queue: "Add a queue, and put people into it",
	step_call: "Take a first call in the panel",
	deployments: "Deployments",
	noDeployments: "There is no deployment yet.",
	errors:
		"{count, plural, one {Health has found # error that keeps people from working} other {Health has found # errors that keep people from working}}",
	mendedDeployment: "Panels were refused while “{name}” was inactive. It is active again.",
	mendedClient: "Nobody could sign in while the OAuth client was disabled. It is enabled again.",
	mended: "Mended",
	agentsIn: "{count, plural, one {# agent signed in} other {# agents signed in}}",
	version: "version {version}: {count}",
	versionOld: "version {version}, which is old: {count}",
	versionOwn: "a developer's own script: {count}",
	now: "Now",
	waiting: "Waiting",
	longest: "Longest wait",
	interacting: "With an agent",
	onQueue: "Agents on queue",
	agents: "Agents signed in",
	calls: "Calls",
	callbacks: "Callbacks",
	messages: "Messages",
	emails: "Emails",
	queue: "Queue",
	noQueues: "There is no queue yet.",
	mostToDo: "Of {total} queues, those with most to do.",
	troubles: "What agents meet",
	troublesHint: "By cause, the newest first: of the last 30 days, bad calls of the last day.",
	noTroubles: "Nothing that went wrong was noticed.",
	times: "{count} ×",
	lastAt: "last on {when}",
	metBy: "met by {people}",
	unverified: "Not verified: nobody was signed in there, and anybody can have told it.",
	openDeployment: "Open “{name}”",
	openClient: "Open the client “{name}”",
	openPerson: "Open {name}",
	openClients: "OAuth clients",
	openQuality: "Call quality",
	"origin.not.allowed":
		"A page that is no embedding page wanted to show a panel. Add its origin to the embedding pages.",
	"deployment.not.found":
		"The address of a panel names no deployment that there is. Correct it in the page that embeds it.",
	"client.unknown":
		"framework.js names an OAuth client that there is none of. Put the id of one into config.clientIds.",
	"client.inactive": "The OAuth client that agents sign in with is disabled. Enable it.",
	"client.without.redirect":
		"The panel's address is not among the redirect URIs of the OAuth client, so nobody can sign in. Add it.",
	"client.wrong.grant":
		"The OAuth client has a grant by which nobody can sign in. Choose one with a code or token grant.",
	"panel.client.without.scopes": "The OAuth client lacks scopes that the panel needs. Add them.",
	"panel.socket.blocked": "Something on the way, such as a proxy, lets no WebSocket through. Let it pass.",
	"panel.clock.off": "The clock of an agent's computer is wrong. Set it.",
	panelOther: "A panel could not work as it should.",
	device:
		'A browser gave the panel no microphone. Agents allow it beside the page\'s address, and the page passes it on by allow="microphone".',
	"framework.script.unreachable": "framework.js could not be loaded.",
	"framework.load.blocked":
		"framework.js wanted to reach an origin that is not allowed. Add it to the script sources or servers.",
	"framework.message.dropped":
		"Messages of other windows were not taken: their origin or their shape is not admitted. If they are of your pages, add their origin to the embedding pages.",
	"framework.token.withheld":
		"framework.js asked for a token, and this deployment gives scripts none. Allow it, or let the script do without.",
	"framework.config.finding": "framework.js has a mistake in its configuration.",
	scriptOther: "framework.js failed in panels.",
	"wrong-password": "A password was wrong.",
	"unknown-user": "There is no such user name.",
	"inactive-user": "The account is not active. Activate it, if the person shall work again.",
	"wrong-code": "A code of a second factor was wrong. Reset the factor of whoever has lost it.",
	"factor-demanded": "A second factor is demanded, and the person has none.",
	"address-not-allowed": "The address is not among those from which one may sign in.",
	braked: "There were too many wrong passwords, and signing in waits.",
	"unknown-client": "A sign-in named an OAuth client that there is none of. Correct the id in framework.js.",
	"disabled-client": "The OAuth client is disabled. Enable it.",
	"unregistered-redirect":
		"A sign-in wanted to return to an address that is no redirect URI of the OAuth client. Add it.",
	"client-not-authorized": "The application is not authorized. Authorize it under Applications.",
	signInOther: "A sign-in was refused.",
	badCalls: "Calls sounded badly: {fault}.",
});

export const t = textOf(texts);

/** Whether there is a text of this name: codes come from the server. */
export function isTold(key: string): key is keyof typeof texts.en {
	return Object.hasOwn(texts.en, key);
}
