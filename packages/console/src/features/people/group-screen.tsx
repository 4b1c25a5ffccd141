import { Banner, Button, Checkbox, TextArea, TextField } from "@inlay/ui";
import { useEffect, useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { Group, User } from "../../session/wire.ts";
import { Affected, SelfLoss } from "../../shell/affected.tsx";
import { ConflictDialog } from "../../shell/conflict-dialog.tsx";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Pager, Search } from "../../shell/pager.tsx";
import { Confirm, Failure, Form, Load, Screen, Section } from "../../shell/parts.tsx";
import { Picker } from "../../shell/picker.tsx";
import { Allowed, Lack, useLack, useRights } from "../../shell/rights.tsx";
import { hrefOf, leaveTo } from "../../shell/router.ts";
import { SaveButton } from "../../shell/save-button.tsx";
import { t as shared } from "../../shell/strings.ts";
import { useUnsaved } from "../../shell/unsaved.ts";
import { useAddress } from "../../shell/use-address.ts";
import { OwnerVoicemailSection } from "../voicemail/owner-section.tsx";
import type { GroupModel } from "./group-model.ts";
import { RolesSection } from "./roles-section.tsx";
import { t } from "./strings.ts";

/** One group: its name, its members, and the roles that it gives them. */
export function GroupScreen({ model }: { model: GroupModel }) {
	useUnsaved(() => model.details.changed.peek().length > 0);
	const group = model.group.value;
	const [asking, setAsking] = useState(false);
	const lack = useLack(needs.deleteGroup);
	return (
		<Screen
			title={group?.name ?? t("groups")}
			back={{ to: { screen: "groups" }, text: t("allGroups") }}
			historyOf={group?.id}
			actions={
				group &&
				!lack && (
					<Button icon="trash" onClick={() => setAsking(true)}>
						{t("removeGroup")}
					</Button>
				)
			}
		>
			<Load from={model.group}>
				{(loaded) => (
					<>
						<Details model={model} />
						<Members model={model} group={loaded} />
						<OwnerVoicemailSection model={model.voicemail} />
						<RolesSection model={model.roles} holder={{ name: loaded.name }} hint={t("groupRolesHint")} />
					</>
				)}
			</Load>
			{asking && group && <Remove model={model} group={group} onClose={() => setAsking(false)} />}
		</Screen>
	);
}

function Details({ model }: { model: GroupModel }) {
	const { details } = model;
	const form = details.form.value;
	const error = details.saving.error.value;
	const lack = useLack(needs.editGroup);
	if (!form) return null;
	const done = () => tell(t("groupSaved", { name: form.name.trim() }));
	return (
		<Section title={t("groupDetails")}>
			<Allowed lack={lack}>
				<Form
					onSend={async () => {
						if (await model.saveDetails()) done();
					}}
				>
					<TextField
						label={t("groupName")}
						value={form.name}
						required
						error={refusedFor(error, "name")}
						onInput={(name) => details.change({ name })}
					/>
					<TextArea
						label={t("groupDescription")}
						value={form.description}
						rows={2}
						maxLength={2000}
						onInput={(description) => details.change({ description })}
					/>
					<Failure error={failureBeside(error, "name")} />
					<SaveButton details={details} />
				</Form>
			</Allowed>
			{details.conflict.value && (
				<ConflictDialog
					fields={details.conflict.value.fields.map((field) => ({
						name: t(field === "name" ? "groupName" : "groupDescription"),
						values: { mine: form[field], theirs: details.conflict.value?.theirs[field] ?? "" },
					}))}
					busy={details.saving.busy.value}
					error={error}
					onResolve={async (whose) => {
						if (!(await details.resolve(whose))) return;
						await model.group.load();
						done();
					}}
					onClose={() => {
						details.conflict.value = undefined;
					}}
				/>
			)}
		</Section>
	);
}

function Members({ model, group }: { model: GroupModel; group: Group }) {
	useAddress(model.members);
	const lack = model.lackToChange();
	const { text } = model.members;
	return (
		<Section title={t("members")} hint={t("memberCount", { count: group.memberCount })}>
			<Lack lack={lack} what="Changing" />
			<Failure error={model.changing.error.value} />
			{!lack && <AddMember model={model} group={group} />}
			{(group.memberCount > fewMembers || text.value !== "") && (
				<Search list={model.members} label={t("searchMembers")} />
			)}
			<Load from={model.members.slice}>
				{({ entities }) =>
					entities.length === 0 ? (
						<p class="ui-muted" role="status">
							{text.value === "" ? t("membersEmpty") : t("nobody", { text: text.value })}
						</p>
					) : (
						<ul class="rows">
							{entities.map((member) => (
								<Member key={member.id} model={model} group={group} member={member} fixed={lack !== undefined} />
							))}
						</ul>
					)
				}
			</Load>
			<Pager list={model.members} />
		</Section>
	);
}

const fewMembers = 10;

function Member({ model, group, member, fixed }: { model: GroupModel; group: Group; member: User; fixed: boolean }) {
	const [asking, setAsking] = useState(false);
	const { name } = member;
	const [closed, setClosed] = useState<readonly string[]>([]);
	const losses = member.id === model.self.id ? model.losses() : [];
	const ask = async () => {
		const names = await model.closedBy(member.id);
		if (!names) return;
		setClosed(names);
		if (names.length === 0 && losses.length === 0) return takeOut();
		setAsking(true);
	};
	const takeOut = async () => {
		if (await model.takeOut(member.id)) tell(t("left", { name, group: group.name }));
		setAsking(false);
	};
	return (
		<li>
			<div class="row-main">
				<a href={hrefOf({ screen: "person", id: member.id })}>{name}</a>
				<span class="ui-muted">{member.email}</span>
			</div>
			{!fixed && (
				<Button
					size="small"
					aria-label={t("takeOutNamed", { name })}
					busy={model.changing.busy.value}
					onClick={() => void ask()}
				>
					{t("takeOut")}
				</Button>
			)}
			{asking && (
				<Confirm
					title={t(closed.length > 0 ? "emptyTitle" : "leaveTitle", { group: group.name })}
					text={t(closed.length > 0 ? "emptyText" : "leaveText")}
					action={t("takeOut")}
					task={model.changing}
					onClose={() => setAsking(false)}
					onConfirm={() => void takeOut()}
				>
					<Affected title={t("closesFor")} names={closed} />
					<SelfLoss duties={losses} />
				</Confirm>
			)}
		</li>
	);
}

/** Several people at once: each that is chosen joins those who wait to be added. */
function AddMember({ model, group }: { model: GroupModel; group: Group }) {
	const [people, setPeople] = useState<readonly User[]>([]);
	const without = (id: string) => people.filter((one) => one.id !== id);
	const send = async () => {
		if (!(await model.add(people.map((person) => person.id)))) return;
		setPeople([]);
		const [first] = people;
		tell(
			people.length === 1
				? t("joined", { name: first?.name ?? "", group: group.name })
				: t("joinedMany", { count: people.length, group: group.name }),
		);
	};
	return (
		<div class="ui-stack">
			<Picker
				list={model.people}
				label={t("addMember")}
				searchLabel={t("search")}
				none={t("choose")}
				chosen={undefined}
				textOf={personText}
				onChoose={(person) => person && setPeople([...without(person.id), person])}
			/>
			{people.length > 0 && (
				<ul class="rows" aria-label={t("toAdd")}>
					{people.map((person) => (
						<li key={person.id}>
							<span class="row-main">{personText(person)}</span>
							<Button
								size="small"
								aria-label={t("notAddNamed", { name: person.name })}
								onClick={() => setPeople(without(person.id))}
							>
								{t("notAdd")}
							</Button>
						</li>
					))}
				</ul>
			)}
			<div class="form-actions">
				<Button icon="plus" disabled={people.length === 0} busy={model.changing.busy.value} onClick={() => void send()}>
					{t("add")}
				</Button>
			</div>
		</div>
	);
}

function personText({ name, email }: User): string {
	return email ? `${name} (${email})` : name;
}

/** Says what hangs on the group before it goes. */
function Remove({ model, group, onClose }: { model: GroupModel; group: Group; onClose: () => void }) {
	useEffect(() => void model.use.load(), [model]);
	const { deployments = [], alone = [], roles = [] } = model.use.value ?? {};
	const [opens, setOpens] = useState(false);
	const mayOpen = useRights().may(needs.editDeployment);
	const { name, memberCount } = group;
	return (
		<Confirm
			title={t("removeTitle", { name })}
			text={t("removeText", { count: memberCount })}
			action={shared("delete")}
			task={model.removing}
			onClose={onClose}
			onConfirm={async () => {
				if (!(await model.remove(opens))) return;
				leaveTo({ screen: "groups" });
				tell(t("removed", { name }));
			}}
		>
			<Affected title={t("closesFor")} names={deployments.filter((name) => !alone.includes(name))} />
			{alone.length > 0 && (
				<>
					<Banner tone="bad">
						<Affected title={t("aloneFor")} names={alone} />
					</Banner>
					{mayOpen && <Checkbox label={t("openToAll")} checked={opens} onChange={setOpens} />}
				</>
			)}
			<Affected title={t("losesRoles")} names={roles} />
			<SelfLoss duties={model.losses()} />
		</Confirm>
	);
}
