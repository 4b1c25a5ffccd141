import { Banner, Select, Spinner } from "@inlay/ui";
import { useState } from "preact/hooks";
import { Failure, Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { DeploymentFacts, DeploymentModel } from "./deployment-model.ts";
import { featureNames } from "./feature-strings.ts";
import { t } from "./strings.ts";
import type { UserVerdict } from "./user-check.ts";

/** "Why can this person not use it?", answered for one person at a time. */
export function CheckSection({ model, facts }: { model: DeploymentModel; facts: DeploymentFacts }) {
	const [chosen, setChosen] = useState("");
	const { verdict, task } = model.userCheck;
	return (
		<Section title={t("check")} hint={t("checkHint")}>
			<Select
				label={t("person")}
				value={chosen}
				options={[
					{ value: "", text: t("choosePerson") },
					...facts.users.map((user) => ({
						value: user.id,
						text: user.email ? `${user.name} (${user.email})` : user.name,
					})),
				]}
				onChange={(id) => {
					setChosen(id);
					void model.userCheck.check(id);
				}}
			/>
			{task.busy.value && <Spinner label={shared("loading")} />}
			<Failure error={task.error.value} />
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
