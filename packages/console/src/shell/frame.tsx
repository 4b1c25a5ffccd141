import "./frame.css";
import { Banner, EmptyState, Icon, IconButton, type IconName, Menu } from "@inlay/ui";
import { effect } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { AccountScreen } from "../features/account/account-screen.tsx";
import { Administration } from "../features/administration.ts";
import { ApplicationScreen } from "../features/applications/application-screen.tsx";
import { ApplicationsScreen } from "../features/applications/applications-screen.tsx";
import { CallingRulesScreen } from "../features/callbacks/rules-screen.tsx";
import { ClientScreen } from "../features/clients/client-screen.tsx";
import { ClientsScreen } from "../features/clients/clients-screen.tsx";
import { RulesScreen } from "../features/consults/rules-screen.tsx";
import { ContactScreen } from "../features/contacts/contact-screen.tsx";
import { ContactsScreen } from "../features/contacts/contacts-screen.tsx";
import { DeploymentScreen } from "../features/deployments/deployment-screen.tsx";
import { DeploymentsScreen } from "../features/deployments/deployments-screen.tsx";
import { DomainScreen } from "../features/email/domain-screen.tsx";
import { EmailPlacesScreen } from "../features/email/places-screen.tsx";
import { EmailRouteScreen } from "../features/email/route-screen.tsx";
import { LimitsScreen } from "../features/forwarding/limits-screen.tsx";
import { AddressScreen } from "../features/messages/address-screen.tsx";
import { AddressesScreen } from "../features/messages/addresses-screen.tsx";
import { NumberScreen } from "../features/numbers/number-screen.tsx";
import { NumbersScreen } from "../features/numbers/numbers-screen.tsx";
import { OutboundScreen } from "../features/outbound/outbound-screen.tsx";
import { OutboundThingScreen } from "../features/outbound/thing-screen.tsx";
import { GroupScreen } from "../features/people/group-screen.tsx";
import { GroupsScreen } from "../features/people/groups-screen.tsx";
import { NewPersonScreen } from "../features/people/new-person-screen.tsx";
import { PeopleScreen } from "../features/people/people-screen.tsx";
import { PersonScreen } from "../features/people/person-screen.tsx";
import { QualityScreen } from "../features/quality/quality-screen.tsx";
import { QueueScreen } from "../features/queues/queue-screen.tsx";
import { QueuesScreen } from "../features/queues/queues-screen.tsx";
import { PoliciesScreen } from "../features/recording/policies-screen.tsx";
import { PolicyScreen } from "../features/recording/policy-screen.tsx";
import { LibrariesScreen } from "../features/responses/libraries-screen.tsx";
import { LibraryScreen } from "../features/responses/library-screen.tsx";
import { ResponseScreen } from "../features/responses/response-screen.tsx";
import { ResponsesScreen } from "../features/responses/responses-screen.tsx";
import { RoleScreen } from "../features/roles/role-screen.tsx";
import { RolesScreen } from "../features/roles/roles-screen.tsx";
import { RoutingScreen } from "../features/routing/routing-screen.tsx";
import { ScriptScreen } from "../features/scripts/script-screen.tsx";
import { ScriptsScreen } from "../features/scripts/scripts-screen.tsx";
import { SignInRulesScreen } from "../features/sign-in/sign-in-rules-screen.tsx";
import { StatusScreen } from "../features/statuses/status-screen.tsx";
import { StatusesScreen } from "../features/statuses/statuses-screen.tsx";
import { VoicemailScreen } from "../features/voicemail/policy-screen.tsx";
import { needs } from "../session/needs.ts";
import type { Need } from "../session/rights.ts";
import { Self } from "../session/self.ts";
import type { Session } from "../session/session.ts";
import type { PanelPlace, User } from "../session/wire.ts";
import { LeaveQuestion } from "./leave-question.tsx";
import { lackText } from "./need-text.ts";
import { notice } from "./notice.ts";
import { Screen } from "./parts.tsx";
import { RightsContext, useRights } from "./rights.tsx";
import { goTo, hrefOf, type Route, route } from "./router.ts";
import { t } from "./strings.ts";

/** Navigation beside or above the screen that the address names. */
export function Frame({ session, me, panel }: { session: Session; me: User; panel: PanelPlace }) {
	const administration = useMemo(() => {
		const self = new Self(me.id, session.rights, () => session.readRights());
		return new Administration(session.api, self, panel, sessionStorage);
	}, [session, me, panel]);
	const current = route.value;
	useEffect(() => effect(forgetNotice), []);
	return (
		<RightsContext.Provider value={session.rights.value}>
			<div class="frame">
				<button type="button" class="skip ui-button" onClick={focusContent}>
					{t("skip")}
				</button>
				<header class="bar">
					<span class="brand">Inlay</span>
					<Areas current={current} />
					<Menu
						label={t("account", { name: me.name })}
						align="end"
						buttonClass="ui-button account"
						items={[
							{ id: "account", text: t("ownAccount"), icon: "shield", onSelect: () => goTo({ screen: "account" }) },
							{ id: "out", text: t("signOut"), icon: "signout", onSelect: () => void session.signOut() },
						]}
					>
						<Icon name="user" />
						<span class="account-name ui-clip">{me.name}</span>
					</Menu>
				</header>
				<main id="content" class="content" tabIndex={-1} onInput={outdateNotice}>
					<Notice />
					<LeaveQuestion />
					<CurrentScreen key={hrefOf(current)} current={current} administration={administration} />
				</main>
			</div>
		</RightsContext.Provider>
	);
}

/** What was told belongs to the screen that it was told on. */
function forgetNotice(): void {
	void route.value;
	notice.value = undefined;
}

/** What was told of the last save is not about what is typed since. */
function outdateNotice(): void {
	notice.value = undefined;
}

/** A button, for the address's fragment belongs to the screens. */
function focusContent(): void {
	document.getElementById("content")?.focus();
}

const areas: ReadonlyArray<{
	to: Route;
	text:
		| "deployments"
		| "clients"
		| "applications"
		| "people"
		| "groups"
		| "roles"
		| "statuses"
		| "recording"
		| "calls"
		| "forwarding"
		| "calling"
		| "voicemail"
		| "queues"
		| "outbound"
		| "numbers"
		| "messages"
		| "contacts"
		| "scripts"
		| "responses"
		| "emails"
		| "routing"
		| "quality"
		| "signInRules";
	icon: IconName;
	need: Need;
}> = [
	{ to: { screen: "deployments" }, text: "deployments", icon: "headset", need: needs.viewDeployments },
	{ to: { screen: "clients" }, text: "clients", icon: "shield", need: needs.viewClients },
	{ to: { screen: "applications" }, text: "applications", icon: "check", need: needs.viewApplications },
	{ to: { screen: "people" }, text: "people", icon: "user", need: needs.viewPeople },
	{ to: { screen: "groups" }, text: "groups", icon: "users", need: needs.viewGroups },
	{ to: { screen: "roles" }, text: "roles", icon: "list", need: needs.viewRoles },
	{ to: { screen: "statuses" }, text: "statuses", icon: "clock", need: needs.viewStatuses },
	{ to: { screen: "recording" }, text: "recording", icon: "record", need: needs.viewRecording },
	{ to: { screen: "calls" }, text: "calls", icon: "users", need: needs.viewCallRules },
	{ to: { screen: "forwarding" }, text: "forwarding", icon: "outgoing", need: needs.viewForwarding },
	{ to: { screen: "calling" }, text: "calling", icon: "clock", need: needs.viewSignInRules },
	{ to: { screen: "voicemail" }, text: "voicemail", icon: "inbox", need: needs.viewVoicemail },
	{ to: { screen: "queues" }, text: "queues", icon: "hold", need: needs.viewQueues },
	{ to: { screen: "outbound" }, text: "outbound", icon: "phone", need: needs.viewOutbound },
	{ to: { screen: "numbers" }, text: "numbers", icon: "phone", need: needs.manageNumbers },
	{ to: { screen: "messages" }, text: "messages", icon: "inbox", need: needs.viewMessageAddresses },
	{ to: { screen: "contacts" }, text: "contacts", icon: "user", need: needs.viewExternalContacts },
	{ to: { screen: "scripts" }, text: "scripts", icon: "log", need: needs.viewScripts },
	{ to: { screen: "responses" }, text: "responses", icon: "list", need: needs.viewResponses },
	{ to: { screen: "emails" }, text: "emails", icon: "edit", need: needs.viewEmail },
	{ to: { screen: "routing" }, text: "routing", icon: "transfer", need: needs.viewSkills },
	{ to: { screen: "quality" }, text: "quality", icon: "speaker", need: needs.viewCalls },
	{ to: { screen: "sign-in" }, text: "signInRules", icon: "gear", need: needs.viewSignInRules },
];

function Areas({ current }: { current: Route }) {
	const address = hrefOf(current);
	const rights = useRights();
	const open = areas.filter((area) => rights.may(area.need));
	return (
		<nav aria-label={t("navigation")}>
			<ul class="areas">
				{open.map((area) => {
					const href = hrefOf(area.to);
					const inside = address === href || address.startsWith(`${href}/`);
					return (
						<li key={href}>
							<a href={href} aria-current={inside ? "page" : undefined}>
								<Icon name={area.icon} />
								<span>{t(area.text)}</span>
							</a>
						</li>
					);
				})}
			</ul>
		</nav>
	);
}

function Notice() {
	const shown = notice.value;
	return (
		<div class="notice" aria-live="polite">
			{shown && (
				<Banner
					tone={shown.tone}
					action={
						<IconButton
							icon="close"
							size="small"
							label={t("dismiss")}
							onClick={() => {
								notice.value = undefined;
							}}
						/>
					}
				>
					{shown.text}
				</Banner>
			)}
		</div>
	);
}

/** The area that a screen belongs to, where one may not see it. */
function useClosed(current: Route): Need | undefined {
	const rights = useRights();
	const address = hrefOf(current);
	const area = areas.find(({ to }) => address === hrefOf(to) || address.startsWith(`${hrefOf(to)}/`));
	return area && rights.lack(area.need);
}

function CurrentScreen({ current, administration }: { current: Route; administration: Administration }) {
	const rights = useRights();
	const closed = useClosed(current);
	const first = areas.find((area) => rights.may(area.need));
	// Whoever comes without a wish starts with what they may see.
	useEffect(() => {
		if (closed && current.screen === "deployments" && first) goTo(first.to);
	}, [closed, current.screen, first]);
	if (closed) return <Closed need={closed} />;
	return <OpenScreen current={current} administration={administration} />;
}

/** A screen that one may not see, and why. */
function Closed({ need }: { need: Need }) {
	return (
		<Screen title={t("closedTitle")}>
			<div class="ui-card">
				<EmptyState icon="shield" title={t("closedText")}>
					<p>{lackText(need, "Seeing")}</p>
				</EmptyState>
			</div>
		</Screen>
	);
}

function OpenScreen({ current, administration }: { current: Route; administration: Administration }) {
	switch (current.screen) {
		case "deployments":
			return <DeploymentsScreen model={administration.deployments()} />;
		case "deployment":
			return <DeploymentScreen model={administration.deployment(current.id)} />;
		case "clients":
			return <ClientsScreen model={administration.clients()} />;
		case "client":
			return <ClientScreen model={administration.client(current.id)} />;
		case "new-client":
			return <ClientScreen model={administration.newClient()} />;
		case "applications":
			return <ApplicationsScreen model={administration.applications()} />;
		case "application":
			return <ApplicationScreen model={administration.application(current.id)} />;
		case "people":
			return <PeopleScreen model={administration.people()} />;
		case "person":
			return <PersonScreen model={administration.person(current.id)} />;
		case "new-person":
			return <NewPersonScreen model={administration.newPerson()} />;
		case "groups":
			return <GroupsScreen model={administration.groups()} />;
		case "group":
			return <GroupScreen model={administration.group(current.id)} />;
		case "roles":
			return <RolesScreen model={administration.roles()} />;
		case "role":
			return <RoleScreen model={administration.role(current.id)} />;
		case "new-role":
			return <RoleScreen model={administration.newRole()} />;
		case "statuses":
			return <StatusesScreen model={administration.statuses()} />;
		case "status":
			return <StatusScreen model={administration.status(current.id)} />;
		case "new-status":
			return <StatusScreen model={administration.newStatus()} />;
		case "outbound":
			return <OutboundScreen model={administration.outbound()} />;
		case "outbound-thing":
			return <OutboundThingScreen model={administration.outboundThing(current.id)} />;
		case "recording":
			return <PoliciesScreen model={administration.recordingPolicies()} />;
		case "recording-policy":
			return <PolicyScreen model={administration.recordingPolicy(current.id)} />;
		case "new-recording-policy":
			return <PolicyScreen model={administration.newRecordingPolicy()} />;
		case "calls":
			return <RulesScreen model={administration.callRules()} />;
		case "forwarding":
			return <LimitsScreen model={administration.forwardingLimits()} />;
		case "calling":
			return <CallingRulesScreen model={administration.callingRules()} />;
		case "voicemail":
			return <VoicemailScreen model={administration.voicemailPolicy()} />;
		case "queues":
			return <QueuesScreen model={administration.queues()} />;
		case "queue":
			return <QueueScreen model={administration.queue(current.id)} />;
		case "new-queue":
			return <QueueScreen model={administration.newQueue()} />;
		case "numbers":
			return <NumbersScreen model={administration.numbers()} />;
		case "number":
			return <NumberScreen model={administration.number(current.id)} />;
		case "new-number":
			return <NumberScreen model={administration.newNumber()} />;
		case "messages":
			return <AddressesScreen model={administration.messageAddresses()} />;
		case "message-address":
			return <AddressScreen model={administration.messageAddress(current.id)} />;
		case "new-message-address":
			return <AddressScreen model={administration.newMessageAddress()} />;
		case "contacts":
			return <ContactsScreen model={administration.contacts()} />;
		case "contact":
			return <ContactScreen model={administration.contact(current.id)} />;
		case "new-contact":
			return <ContactScreen model={administration.newContact()} />;
		case "scripts":
			return <ScriptsScreen model={administration.scripts()} />;
		case "script":
			return <ScriptScreen model={administration.script(current.id)} />;
		case "new-script":
			return <ScriptScreen model={administration.newScript()} />;
		case "responses":
			return <ResponsesScreen model={administration.responses()} />;
		case "response":
			return <ResponseScreen model={administration.response(current.id)} />;
		case "new-response":
			return <ResponseScreen model={administration.newResponse()} />;
		case "libraries":
			return <LibrariesScreen model={administration.libraries()} />;
		case "library":
			return <LibraryScreen model={administration.library(current.id)} />;
		case "new-library":
			return <LibraryScreen model={administration.newLibrary()} />;
		case "emails":
		case "email-domains":
			return <EmailPlacesScreen model={administration.emailPlaces()} />;
		case "email-address":
			return <EmailRouteScreen model={administration.emailRoute(current.id)} />;
		case "new-email-address":
			return <EmailRouteScreen model={administration.newEmailRoute()} />;
		case "email-domain":
			return <DomainScreen model={administration.emailDomain(current.id)} />;
		case "new-email-domain":
			return <DomainScreen model={administration.newEmailDomain()} />;
		case "routing":
			return <RoutingScreen model={administration.routing()} />;
		case "quality":
			return <QualityScreen model={administration.quality()} />;
		case "sign-in":
			return <SignInRulesScreen model={administration.signInRules()} />;
		case "account":
			return <AccountScreen model={administration.account()} />;
	}
}
