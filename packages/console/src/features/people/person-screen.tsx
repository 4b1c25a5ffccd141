import { Banner, Button } from "@inlay/ui";
import { useState } from "preact/hooks";
import { inDivision, needs } from "../../session/needs.ts";
import { DivisionSection } from "../../shell/division-section.tsx";
import { tell } from "../../shell/notice.ts";
import { Confirm, Load, Screen } from "../../shell/parts.tsx";
import { useLack } from "../../shell/rights.tsx";
import { leaveTo } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import { AbilitiesSection } from "../routing/abilities-section.tsx";
import { OffersSection } from "../routing/offers-section.tsx";
import { UtilizationSection } from "../routing/utilization-section.tsx";
import { CallUnderWay } from "./call-under-way.tsx";
import { GroupsSection } from "./groups-section.tsx";
import { IdentitiesSection } from "./identities-section.tsx";
import { KnownPrograms } from "./known-programs.tsx";
import { LicenseSection } from "./license-section.tsx";
import type { PersonFacts, PersonModel } from "./person-model.ts";
import { ProfileSection } from "./profile-section.tsx";
import { QueuesSection } from "./queues-section.tsx";
import { RolesSection } from "./roles-section.tsx";
import { SessionsSection } from "./sessions-section.tsx";
import { SignInSection } from "./sign-in-section.tsx";
import { StationSection } from "./station-section.tsx";
import { t } from "./strings.ts";

/** One user: who they are, their roles, groups and queues, and how they sign in. */
export function PersonScreen({ model }: { model: PersonModel }) {
	const facts = model.facts.value;
	return (
		<Screen
			title={facts?.user.name ?? t("people")}
			lead={facts?.user.email}
			back={{ to: { screen: "people" }, text: t("allPeople") }}
			historyOf={facts?.user.id}
			actions={facts && <Remove model={model} facts={facts} />}
		>
			<Load from={model.facts}>
				{(loaded) => (
					<>
						{loaded.user.state === "deleted" && <Banner tone="warn">{t("deleted")}</Banner>}
						<KnownPrograms model={model} name={loaded.user.name} stronger={loaded.user.state === "active"} />
						{model.isSelf && <Banner tone="info">{t("yourself")}</Banner>}
						<ProfileSection model={model} facts={loaded} />
						{loaded.user.state !== "deleted" && (
							<DivisionSection
								moving={model.moving}
								of={loaded.user}
								need={needs.editPerson}
								hint={t("divisionHint")}
							/>
						)}
						<RolesSection model={model.roles} holder={loaded.user} />
						<LicenseSection model={model.license} user={loaded.user} />
						<GroupsSection model={model} facts={loaded} />
						<QueuesSection model={model.queues} user={loaded.user} />
						<StationSection model={model.station} user={loaded.user} />
						<AbilitiesSection model={model.skills} divisionId={loaded.user.division?.id} />
						<AbilitiesSection model={model.languages} divisionId={loaded.user.division?.id} />
						<UtilizationSection model={model.utilization} divisionId={loaded.user.division?.id} />
						<OffersSection model={model.offers} divisionId={loaded.user.division?.id} />
						<SignInSection model={model} user={loaded.user} factor={loaded.factor} />
						<IdentitiesSection model={model.identities} user={loaded.user} />
						<SessionsSection person={model} user={loaded.user} />
					</>
				)}
			</Load>
		</Screen>
	);
}

function Remove({ model, facts: { user } }: { model: PersonModel; facts: PersonFacts }) {
	const [asking, setAsking] = useState(false);
	const lack = useLack(inDivision(needs.deletePerson, user.division?.id));
	if (lack || user.state === "deleted") return null;
	const { name } = user;
	return (
		<>
			<Button icon="trash" onClick={() => setAsking(true)}>
				{t("removePerson")}
			</Button>
			{asking && (
				<Confirm
					title={t("removeTitle", { name })}
					text={t(model.isSelf ? "removeSelfText" : "removePersonText", { name })}
					action={shared("delete")}
					task={model.removing}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						if (!(await model.remove())) return;
						tell(t("removed", { name }));
						// Secrets that were made here are shown this once.
						if (model.programs.secrets.peek().length === 0) return leaveTo({ screen: "people" });
						setAsking(false);
						await model.facts.load();
					}}
				>
					<CallUnderWay model={model} name={name} />
					<KnownPrograms model={model} name={name} />
				</Confirm>
			)}
		</>
	);
}
