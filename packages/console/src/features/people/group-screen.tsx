import { Button, Select } from "@inlay/ui";
import { useState } from "preact/hooks";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Load, Screen, Section } from "../../shell/parts.tsx";
import { goTo, hrefOf } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { GroupFacts, GroupModel } from "./group-model.ts";
import { t } from "./strings.ts";

/** One group and its members. */
export function GroupScreen({ model }: { model: GroupModel }) {
	const group = model.facts.value?.group;
	const [asking, setAsking] = useState(false);
	return (
		<Screen
			title={group?.name ?? t("groups")}
			back={{ to: { screen: "groups" }, text: t("allGroups") }}
			actions={
				group && (
					<Button icon="trash" onClick={() => setAsking(true)}>
						{t("removeGroup")}
					</Button>
				)
			}
		>
			<Load from={model.facts}>{(facts) => <Members model={model} facts={facts} />}</Load>
			{asking && group && (
				<Confirm
					title={t("removeTitle", { name: group.name })}
					text={t("removeText")}
					action={shared("delete")}
					task={model.removing}
					onClose={() => setAsking(false)}
					onConfirm={async () => {
						if (!(await model.remove())) return;
						goTo({ screen: "groups" });
						tell(t("removed", { name: group.name }));
					}}
				/>
			)}
		</Screen>
	);
}

function Members({ model, facts: { group, members, others } }: { model: GroupModel; facts: GroupFacts }) {
	return (
		<Section title={t("members")}>
			<Failure error={model.changing.error.value} />
			{others.length === 0 ? <p>{t("everybody")}</p> : <AddMember model={model} facts={{ group, members, others }} />}
			{members.length === 0 ? (
				<p class="ui-muted">{t("membersEmpty")}</p>
			) : (
				<ul class="rows">
					{members.map((member) => (
						<li key={member.id}>
							<div class="row-main">
								<a href={hrefOf({ screen: "person", id: member.id })}>{member.name}</a>
								<span class="ui-muted">{member.email}</span>
							</div>
							<Button
								size="small"
								aria-label={t("takeOutNamed", { name: member.name })}
								busy={model.changing.busy.value}
								onClick={async () => {
									if (await model.takeOut(member.id)) tell(t("left", { name: member.name, group: group.name }));
								}}
							>
								{t("takeOut")}
							</Button>
						</li>
					))}
				</ul>
			)}
		</Section>
	);
}

function AddMember({ model, facts: { group, others } }: { model: GroupModel; facts: GroupFacts }) {
	const [chosen, setChosen] = useState("");
	const person = others.find((user) => user.id === chosen);
	return (
		<div class="ui-stack">
			<Select
				label={t("addMember")}
				value={chosen}
				options={[
					{ value: "", text: t("choose") },
					...others.map((user) => ({ value: user.id, text: user.email ? `${user.name} (${user.email})` : user.name })),
				]}
				onChange={setChosen}
			/>
			<div class="form-actions">
				<Button
					icon="plus"
					disabled={!person}
					busy={model.changing.busy.value}
					onClick={async () => {
						if (!person || !(await model.add(person.id))) return;
						setChosen("");
						tell(t("joined", { name: person.name, group: group.name }));
					}}
				>
					{t("add")}
				</Button>
			</div>
		</div>
	);
}
