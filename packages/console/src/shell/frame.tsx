import { Banner, Icon, IconButton, type IconName, Menu } from "@inlay/ui";
import { useEffect, useMemo } from "preact/hooks";
import { AccountScreen } from "../features/account/account-screen.tsx";
import { Administration } from "../features/administration.ts";
import { ClientScreen } from "../features/clients/client-screen.tsx";
import { ClientsScreen } from "../features/clients/clients-screen.tsx";
import { DeploymentScreen } from "../features/deployments/deployment-screen.tsx";
import { DeploymentsScreen } from "../features/deployments/deployments-screen.tsx";
import { GroupScreen } from "../features/people/group-screen.tsx";
import { GroupsScreen } from "../features/people/groups-screen.tsx";
import { NewPersonScreen } from "../features/people/new-person-screen.tsx";
import { PeopleScreen } from "../features/people/people-screen.tsx";
import { PersonScreen } from "../features/people/person-screen.tsx";
import { SignInRulesScreen } from "../features/sign-in/sign-in-rules-screen.tsx";
import type { Session } from "../session/session.ts";
import type { PanelPlace, User } from "../session/wire.ts";
import { notice } from "./notice.ts";
import { goTo, hrefOf, type Route, route } from "./router.ts";
import { t } from "./strings.ts";

/** Navigation beside or above the screen that the address names. */
export function Frame({ session, me, panel }: { session: Session; me: User; panel: PanelPlace }) {
	const administration = useMemo(() => new Administration(session.api, panel, sessionStorage), [session, panel]);
	const current = route.value;
	useEffect(() => {
		notice.value = undefined;
	}, [hrefOf(current)]);
	return (
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
			<main id="content" class="content" tabIndex={-1}>
				<Notice />
				<CurrentScreen key={hrefOf(current)} current={current} administration={administration} />
			</main>
		</div>
	);
}

/** A button, for the address's fragment belongs to the screens. */
function focusContent(): void {
	document.getElementById("content")?.focus();
}

const areas: ReadonlyArray<{
	to: Route;
	text: "deployments" | "clients" | "people" | "groups" | "signInRules";
	icon: IconName;
}> = [
	{ to: { screen: "deployments" }, text: "deployments", icon: "headset" },
	{ to: { screen: "clients" }, text: "clients", icon: "shield" },
	{ to: { screen: "people" }, text: "people", icon: "user" },
	{ to: { screen: "groups" }, text: "groups", icon: "users" },
	{ to: { screen: "sign-in" }, text: "signInRules", icon: "gear" },
];

function Areas({ current }: { current: Route }) {
	const address = hrefOf(current);
	return (
		<nav aria-label={t("navigation")}>
			<ul class="areas">
				{areas.map((area) => {
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

function CurrentScreen({ current, administration }: { current: Route; administration: Administration }) {
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
		case "sign-in":
			return <SignInRulesScreen model={administration.signInRules()} />;
		case "account":
			return <AccountScreen model={administration.account()} />;
	}
}
