import { Checkbox } from "@inlay/ui";
import { useState } from "preact/hooks";
import { needs } from "../../session/needs.ts";
import type { Group } from "../../session/wire.ts";
import { Affected } from "../../shell/affected.tsx";
import { tell } from "../../shell/notice.ts";
import { Confirm, Failure, Section } from "../../shell/parts.tsx";
import { Lack, useRights } from "../../shell/rights.tsx";
import { hrefOf } from "../../shell/router.ts";
import type { PersonFacts, PersonModel } from "./person-model.ts";
import { t } from "./strings.ts";

/** A group that would be left without anybody, and the deployments that this closes. */
interface Emptied {
	group: Group;
	closed: readonly string[];
}

/** The groups that one user is in. */
export function GroupsSection({ model, facts: { user, groups } }: { model: PersonModel; facts: PersonFacts }) {
	const rights = useRights();
	// Asked about one after the other.
	const [asked, setAsked] = useState<readonly Emptied[]>([]);
	const [emptied] = asked;
	const without = (all: readonly Emptied[], { id }: Group) => all.filter(({ group }) => group.id !== id);
	const change = async (group: Group, member: boolean) => {
		setAsked((all) => without(all, group));
		if (!(await model.setMember(group.id, member))) return;
		tell(t(member ? "joined" : "left", { name: user.name, group: group.name }));
	};
	const leave = async (group: Group) => {
		const isLast = model.wish(group.id, false);
		const closed = await model.closedBy(group.id);
		// Somebody wants them in it again meanwhile.
		if (!isLast()) return;
		if (!closed) return model.unwish(group.id);
		if (closed.length === 0) await change(group, false);
		else setAsked((all) => [...without(all, group), { group, closed }]);
	};
	const own = new Set(model.groupIds.value);
	const offered = groups.filter((group) => model.mayJoin(group));
	const others = groups.filter((group) => !offered.includes(group) && own.has(group.id));
	return (
		<Section title={t("memberOf")}>
			{groups.length > 0 && offered.length === 0 && <Lack lack={rights.lack(needs.editGroup)} what="Changing" />}
			<Failure error={model.joining.error.value} />
			{groups.length === 0 && (
				<p>
					{t("groupsEmptyTitle")}. <a href={hrefOf({ screen: "groups" })}>{t("addGroup")}</a>
				</p>
			)}
			<ul class="ui-stack">
				{offered.map((group) => (
					<li key={group.id}>
						<Checkbox
							label={group.name}
							checked={own.has(group.id)}
							onChange={(member) => void (member ? change(group, true) : leave(group))}
						/>
					</li>
				))}
				{others.map((group) => (
					<li key={group.id}>{group.name}</li>
				))}
			</ul>
			{emptied && (
				<Confirm
					key={emptied.group.id}
					title={t("emptyTitle", { group: emptied.group.name })}
					text={t("emptyText")}
					action={t("takeOut")}
					task={model.joining}
					onClose={() => {
						model.unwish(emptied.group.id);
						setAsked((all) => without(all, emptied.group));
					}}
					onConfirm={() => void change(emptied.group, false)}
				>
					<Affected title={t("closesFor")} names={emptied.closed} />
				</Confirm>
			)}
		</Section>
	);
}
