import { Button, Checkbox } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import { tell } from "../../shell/notice.ts";
import { Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { hrefOf } from "../../shell/router.ts";
import type { PersonFacts, PersonModel } from "./person-model.ts";
import { SignInSection } from "./sign-in-section.tsx";
import { t } from "./strings.ts";

/** One user: roles and groups. */
export function PersonScreen({ model }: { model: PersonModel }) {
	const user = model.facts.value?.user;
	return (
		<Screen
			title={user?.name ?? t("people")}
			lead={user?.email}
			back={{ to: { screen: "people" }, text: t("allPeople") }}
		>
			<Load from={model.facts}>
				{(facts) => (
					<>
						<Roles model={model} facts={facts} />
						<Groups model={model} facts={facts} />
						{facts.factor && <SignInSection model={model} user={facts.user} factor={facts.factor} />}
					</>
				)}
			</Load>
		</Screen>
	);
}

interface Props {
	model: PersonModel;
	facts: PersonFacts;
}

function Roles({ model, facts: { user, roles } }: Props) {
	return (
		<Section title={t("roles")} hint={t("rolesHint")}>
			<Form
				onSend={async () => {
					if (await model.saveRoles()) tell(t("rolesSaved", { name: user.name }));
				}}
			>
				<Choices
					legend={t("roles")}
					columns
					choices={roles.map((role) => ({ id: role.id, text: role.name }))}
					chosen={model.roleIds.value}
					onChange={(roleIds) => {
						model.roleIds.value = roleIds;
					}}
				/>
				<Failure error={model.saving.error.value} />
				<div class="form-actions">
					<Button kind="primary" type="submit" busy={model.saving.busy.value}>
						{t("saveRoles")}
					</Button>
				</div>
			</Form>
		</Section>
	);
}

function Groups({ model, facts: { user, groups } }: Props) {
	const own = new Set(model.groupIds.value);
	return (
		<Section title={t("memberOf")}>
			<Failure error={model.joining.error.value} />
			{groups.length === 0 && (
				<p>
					{t("groupsEmptyTitle")}. <a href={hrefOf({ screen: "groups" })}>{t("addGroup")}</a>
				</p>
			)}
			<ul class="ui-stack">
				{groups.map((group) => (
					<li key={group.id}>
						<Checkbox
							label={group.name}
							checked={own.has(group.id)}
							onChange={async (member) => {
								if (!(await model.setMember(group.id, member))) return;
								tell(t(member ? "joined" : "left", { name: user.name, group: group.name }));
							}}
						/>
					</li>
				))}
			</ul>
		</Section>
	);
}
