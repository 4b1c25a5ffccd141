import { Banner, Spinner } from "@inlay/ui";
import { needs } from "../../session/needs.ts";
import { Failure, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { Lack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { DeploymentModel } from "./deployment-model.ts";
import { featureNames } from "./feature-strings.ts";
import { t } from "./strings.ts";
import type { UserVerdict } from "./user-check.ts";

/** "Why can this person not use it?", answered for one person at a time. */
export function CheckSection({ model }: { model: DeploymentModel }) {
	const { chosen, verdict } = model.userCheck;
	const state = verdict.state.value;
	const rights = useRights();
	const lack = rights.lack(needs.viewPeople) ?? rights.lack(needs.viewGrants);
	if (lack) {
		return (
			<Section title={t("check")}>
				<Lack lack={lack} what="Seeing" />
			</Section>
		);
	}
	return (
		<Section title={t("check")} hint={t("checkHint")}>
			<Picker
				list={model.people}
				label={t("person")}
				searchLabel={t("searchPeople")}
				none={t("choosePerson")}
				chosen={chosen.value}
				textOf={(user) => (user.email ? `${user.name} (${user.email})` : user.name)}
				onChoose={(user) => void model.userCheck.check(user)}
			/>
			{chosen.value && state.kind === "loading" && <Spinner label={shared("loading")} />}
			<Failure error={state.kind === "failed" ? state.error : undefined} />
			{verdict.value && <Verdict verdict={verdict.value} />}
		</Section>
	);
}

function Verdict({ verdict: { user, obstacles, open, closed } }: { verdict: UserVerdict }) {
	const { name } = user;
	return (
		<div class="ui-stack">
			{obstacles.length === 0 ? (
				<Banner tone="good">{t("allowed", { name })}</Banner>
			) : (
				<Banner tone="bad">
					{t("refused", { name })}
					<ul class="plain-list">
						{obstacles.map((obstacle) => (
							<li key={obstacle}>{t(obstacle)}</li>
						))}
					</ul>
				</Banner>
			)}
			<a href={hrefOf({ screen: "person", id: user.id })}>{t("openPerson", { name })}</a>
			<div>
				<h3>{t("features")}</h3>
				{open.length > 0 && <p>{t("featuresOpen", { list: featureNames(open) })}</p>}
				{closed.length > 0 && <p class="ui-muted">{t("featuresClosed", { list: featureNames(closed) })}</p>}
			</div>
		</div>
	);
}
