/**
 * What the server says to people who work in the admin, in the message format of ICU. What only the operator reads (logs, faults, the
 * command line) and what senders read is not here. Keys that begin with `audience.` stand in the audit: they stay as they are.
 * As long as there are sentences: one place for all of them is what keeps them whole.
 */
export const en = {
  'finding.DATABASE_CODE':
    'The database does something of its own on tables with submissions or with the record of who opened them: {names}. That can copy, change or hide what is written there, or take an entry of the record back.',
  'finding.DATABASE_CODE.step':
    'Find out who put it there, and drop it (DROP TRIGGER, DROP RULE, DROP POLICY) with an account of the database that may.',
  'finding.AUDIT_BROKEN':
    'The record of what happened was changed from outside: entry {number} is missing or not as it was written. {isShut, select, true {Until that is accepted nobody opens a submission; those that come are kept.} other {It is about single readers, whose namings are suspended.}}',
  'finding.AUDIT_BROKEN.step':
    'Find out who can write to the database, and compare with a backup. Then whoever keeps the server runs “npx form-guard audit accept-break”.',
  'finding.READERS_SUSPENDED':
    '{count, plural, one {One reader is} other {# readers are}} suspended: {count, plural, one {the account was} other {their accounts were}} changed, and nobody has confirmed it yet.',
  'finding.READERS_SUSPENDED.step':
    'On the page of the readers somebody else who may name readers confirms each of them, in two clicks.',
  'finding.FORM_MISSING':
    '{count, plural, one {# submission belongs} other {# submissions belong}} to a form or type that is not there any more ({formOrType}). They are kept sealed, and nobody can open them.',
  'finding.FORM_MISSING.step': 'Bring the form back from a backup or an import, or put the type back into the config.',
  'finding.HUSK_MISSING':
    '{count, plural, one {# submission} other {# submissions}} to “{label}” lost {count, plural, one {its entry} other {their entries}} in Strapi: deleted in the database, or not brought back by an import. Whoever deleted {count, plural, one {it} other {them}} believes that everything is gone; what was sent is still kept sealed, and its readers can read it.',
  'finding.HUSK_MISSING.step':
    'In the inbox, delete what should be gone. form-guard doctor says which they are. Delete entries through Strapi, never in the database.',
  'finding.RECORD_MISSING':
    '{count, plural, one {# entry} other {# entries}} of “{label}” {count, plural, one {has} other {have}} nothing kept sealed any more: it was deleted in the database, or the entry was written there. What was sent cannot be read here.',
  'finding.RECORD_MISSING.step': 'Bring it back from a backup, or delete these entries. form-guard doctor says which they are.',
  'finding.KEY_PROVIDER_AWAY':
    'The service that holds the root keys does not answer. Until it does, nobody can read, and what needs a key is not shown here: who may read, and whether the record is intact.',
  'finding.KEY_PROVIDER_AWAY.step':
    'Bring the service back, or its credentials. The log of the server says why it does not answer.',
  'finding.ROOT_KEY_MISSING':
    '{count, plural, one {# submission or attachment} other {# submissions and attachments}} cannot be opened: the root key that their key needs is not there. They are kept as they are.',
  'finding.ROOT_KEY_MISSING.step':
    'Put that root key back into FORM_GUARD_KEYS, behind the current one. “npx form-guard doctor” says which do not open.',
  'finding.TYPE_LEFT':
    '“{label}” ({uid}) was protected once and is not any more: {count, plural, =0 {nothing of it lies} one {# entry of it lies} other {# entries of it lie}} in Strapi’s own table, unsealed{takesPosts, select, true {, and so will everything that is posted to it from now on} other {}}.',
  'finding.TYPE_LEFT.step':
    'Put "{uid}" back under "protect" in the config, restart, and run “npx form-guard protect {uid}”; or look after it by Strapi’s permissions from now on.',
  'finding.UNSEALED_ROWS':
    '{count, plural, one {# row} other {# rows}} of “{label}” from before it was protected still {count, plural, one {holds} other {hold}} values that are not sealed.',
  'finding.UNSEALED_ROWS.step':
    'Whoever keeps the server runs “npx form-guard protect {uid}”, which seals them. Until then the locks in front of them are all that keeps them private.',
  'finding.UNSEALED_FILES':
    '{count, plural, one {# file of “{label}” from before it was protected still lies in the media library. Form Guard takes it out of its lists and answers 404, but it is not sealed} other {# files of “{label}” from before it was protected still lie in the media library. Form Guard takes them out of its lists and answers 404, but they are not sealed}}, and an address on another server cannot be shut from here.',
  'finding.UNSEALED_FILES.step':
    'Whoever keeps the server runs “npx form-guard protect {uid}”, which seals them and takes them out of the library.',
  'finding.DEVELOPMENT_KEY':
    'This site runs as “{environment}”, and seals with a key for development that lies beside the data: one copy of its folder is enough to read everything.',
  'finding.DEVELOPMENT_KEY.step':
    'Set NODE_ENV to production. Make a key with “npx form-guard keys new”, put it in FORM_GUARD_KEYS in front of the one in .form-guard/root.key, and run “npx form-guard keys rewrap”.',
  'finding.KEY_BESIDE_DATABASE':
    'The key lies in {file}, in the same folder as the database: one copy of that folder is enough to read everything.',
  'finding.KEY_BESIDE_DATABASE.step':
    'Give FORM_GUARD_KEYS to the server another way, for instance in the environment of its service, and keep the copy of it elsewhere.',
  'finding.ADDRESS_WITHOUT_HTTPS':
    'The public address of this site begins with http://. What people send, and passwords, can be read on their way.',
  'finding.ADDRESS_WITHOUT_HTTPS.step':
    'Serve the site over https, and set that address as url in config/server (and config/admin).',
  'finding.ERROR_REPORTER':
    'A program that reports errors to somebody else runs in this site ({names}). What people write could leave with a report of the site’s own code.',
  'finding.ERROR_REPORTER.step':
    'In its settings, switch off that it sends bodies of requests, headers and local variables; or take it out.',
  'finding.DEBUG_LOG': 'The log is set to {level}, which is for looking for mistakes: it can hold what people send to the site.',
  'finding.DEBUG_LOG.step': 'Set it back to “info” or less, and delete what was written meanwhile.',
  'finding.ENDLESS_READERS':
    '{count, plural, one {# naming for “{label}” has no end, or one that is years away.} other {# namings for “{label}” have no end, or one that is years away.}}',
  'finding.ENDLESS_READERS.step': 'Name these people anew with a day on which it ends.',
  'finding.EVERYBODY_READS': 'Everybody who has an account here ({people} people) may read “{label}”.',
  'finding.EVERYBODY_READS.step': 'Remove the readers who do not work with it.',
  'finding.MANY_MAY_NAME':
    'Through the admin role “{name}”, {people} people may name and remove readers, and nobody decided that so many may.',
  'finding.MANY_MAY_NAME.step':
    'Take the right “Name and remove readers” from this role, and give it to a role which only those few have who decide who reads.',
  'finding.NOBODY_READS':
    '{count, plural, one {# submission to “{label}” waits, and nobody may read it.} other {# submissions to “{label}” wait, and nobody may read them.}}',
  'finding.NOBODY_READS.step': 'Name somebody who deals with them.',
  'finding.SAME_TITLE': '{count} forms are called “{label}”: readers can be named for the wrong one.',
  'finding.SAME_TITLE.step': 'Give each of them a title of its own.',
  'finding.PLAIN_PERSONAL':
    'What people give as {names} in “{label}” is listed as plain: it lies readable in the database, in backups and exports, and {people, plural, one {# person of the admin sees} other {# people of the admin see}} it.',
  'finding.PLAIN_PERSONAL.step':
    '{isMeant, select, true {The settings say that this is meant. Take it out of plain and plainOnPurpose when it no longer is.} other {Take it out of plain in config/plugins; or, if it is meant, list it in plainOnPurpose too.}}',
  'finding.ANSWERS_IN_ADDRESS':
    'A page of yours sends answers in its address, where others can read them, and nobody receives them: {page}',
  'finding.ANSWERS_IN_ADDRESS.unknown':
    'A page of yours sends answers in its address, where others can read them, and nobody receives them. The browsers did not say which page.',
  'finding.ANSWERS_IN_ADDRESS.step':
    'Write method="post" into the form on that page. Whoever keeps the logs in front of this server should look for what was sent there.',
  'finding.KEPT_NAME':
    'The form “{title}” has a field called “{name}”. Programs keep this name for themselves, and many websites cannot send it.',
  'finding.KEPT_NAME.step': 'Give the field another name, there and on the pages that send it.',
  'finding.UNSAFE_OPTION': 'The option “{name}” is on: a guard of Form Guard is off.',
  'finding.UNSAFE_OPTION.step': 'Remove it from config/plugins when it is no longer needed.',
  'finding.PERMISSION_ROW':
    'The role “{name}” has a tick that would let it reach “{label}” ({action}). Form Guard keeps it shut.',
  'finding.PERMISSION_ROW.step': 'Take the tick away, so that nothing opens if Form Guard is ever removed.',
  'finding.TOKEN_PERMISSION_ROW':
    'The API token “{name}” has a tick that would let it reach “{label}” ({action}). Form Guard keeps it shut.',
  'finding.TOKEN_PERMISSION_ROW.step': 'Take the tick away, so that nothing opens if Form Guard is ever removed.',
  'finding.ADMIN_PERMISSION_ROW.role':
    'The admin role “{name}” ({people, plural, one {# person} other {# people}}) sees the list of “{label}” in the content manager: when submissions came, and what you listed as plain. No answers.',
  'finding.ADMIN_PERMISSION_ROW.token':
    'The admin token “{name}” sees the list of “{label}” in the content manager: when submissions came, and what you listed as plain. No answers.',
  'finding.ADMIN_PERMISSION_ROW.step': 'Take the tick away where nobody needs that list.',
  'finding.WIDE_TOKEN':
    'The API token “{name}” may {mayChange, select, true {read and change} other {read}} every type, those that come later included. Form Guard keeps submissions from it.',
  'finding.WIDE_TOKEN.step': 'Delete it if nothing uses it, or make it a custom token for the types it needs.',
  'finding.PULL_TOKEN':
    'Whoever holds the transfer token “{name}” can copy the whole site to another place. What is sealed stays behind.',
  'finding.PULL_TOKEN.step': 'Delete it when the copy is made.',
  'finding.ENTRY_WEBHOOK':
    'The webhook “{name}” is told of every submission to a protected type: that it came, and its id. No answers.',
  'finding.ENTRY_WEBHOOK.step': 'Take the entry events away if the other side need not know.',
  'finding.MCP_ON':
    'AI clients can use this site with an admin token (server.mcp). Of submissions they see when they came, and what you listed as plain.',
  'finding.MCP_ON.step': 'Turn server.mcp off in config/server if nobody uses it.',
  'finding.DOCUMENTATION_PUBLIC':
    'The documentation of the API is open to everybody. Of protected types it shows how to send, nothing else.',
  'finding.DOCUMENTATION_PUBLIC.step': 'Restrict it with a password if it is not meant for the public.',
  'finding.OPEN_REGISTRATION':
    'Anybody can sign up on this site{isConfirmed, select, true {} other {, without confirming an e-mail}}: what “Authenticated” may do, everybody may do.',
  'finding.OPEN_REGISTRATION.step': 'Switch sign-ups off if the site has no members.',
  'finding.PUBLIC_UPLOAD':
    '{isPublic, select, true {Anybody on the internet may} other {Whoever has signed up, which is the role “{name}”, may}} put files into the media library, where everybody can fetch them.',
  'finding.PUBLIC_UPLOAD.step':
    'Take the tick “upload” of the media library away from this role. A form of Form Guard takes files without it, and keeps them sealed.',
  'finding.UPLOADS_ELSEWHERE':
    'Files of the media library are kept with “{provider}”{isKnown, select, true { and fetched from {host}} other {}}: Form Guard does not decide there how a browser treats them.',
  'finding.UPLOADS_ELSEWHERE.step':
    'Serve them from an address that shares no domain with this admin, and have pages, scripts and SVG sent as downloads.',

  'finding.UNLISTED_PUBLIC':
    '{count, plural, =0 {What comes to} one {# entry of} other {# entries of}} “{label}” can be read by {audience}. Strangers can send to this type, and it asks for what looks personal: {signs}. Nobody decided that this is meant to be public.',
  'finding.UNLISTED_TOKEN':
    'What strangers send to “{label}” ({count, plural, one {# entry} other {# entries}}) can be read by {audience}. The type asks for what looks personal ({signs}) and is not protected.',
  'finding.UNLISTED_WEAK':
    'What strangers send to “{label}” can be read by {audience}. It asks for {signs}: fine for comments, but a name and a message can say a lot about somebody.',
  'finding.UNLISTED.step':
    'If it is private, whoever runs the site adds {line} to “protect” in config/plugins; until then take the right to read away. If it is meant for everybody, a super admin says so in the list of such types on the overview, with a reason.',
  'finding.UNLISTED.stepOwn':
    'This type is one of Strapi’s own, which cannot be protected: take the right to read away. If it is meant for everybody, a super admin says so in the list of such types on the overview, with a reason.',

  'audience.public': 'anyone on the internet',
  'audience.signedUp': 'anyone who signs up on the site',
  'audience.confirmed': 'anyone who signs up on the site and confirms an e-mail address',
  'audience.role': 'everyone who has the role “{name}”',
  'audience.adminRole':
    'everyone who has the admin role “{name}”, {people, plural, =0 {nobody yet} one {# person} other {# people}}',
  'audience.apiToken': 'whoever holds the token “{name}”',
  'audience.adminToken': 'whoever holds the admin token “{name}”',
  'audience.transferToken': 'whoever holds the transfer token “{name}”',
  'audience.webhook': 'whoever receives the webhook “{name}”',
  'audience.typeReaders': 'whoever may read “{label}”',
  'audience.componentReaders': 'whoever may read what holds the component “{label}”',
  newRole: 'new role',
  newToken: 'new token',
  newWebhook: 'new webhook',

  'part.attribute': 'the attribute “{name}”',
  'part.inComponent': 'the attribute “{name}” of the component “{component}”',
  'part.translation': 'the setting for translation',
  'part.kind': 'the kind of the type (one entry instead of many)',
  'part.drafts': 'the setting for draft and publish',

  'effect.read':
    '{count, plural, =0 {Every coming submission} one {# submission} other {# submissions}} to “{label}” would become readable by {audience}.',
  'effect.published':
    '{count, plural, =0 {Every coming entry} one {# entry} other {# entries}} of “{label}” would become readable by {audience}. Strangers can send to this type, and it asks for what looks personal: {signs}.',
  'effect.changed':
    '{count, plural, =0 {Every coming submission} one {# submission} other {# submissions}} to “{label}” could be changed or deleted by {audience}.',
  'effect.entered': 'Submissions to “{label}” could be entered by hand by {audience}.',
  'effect.told':
    '{audience} would be told of each submission to “{label}”{count, plural, =0 {} one {; # has come so far} other {; # have come so far}}.',
  'effect.copied':
    '{audience} could copy the whole site, with what is not sealed of {count, plural, =0 {every coming submission} one {# submission} other {# submissions}} to “{label}”.',
  'effect.destroyed':
    '{count, plural, =0 {“{label}” would be gone, and whatever people send to it would be lost.} one {# submission to “{label}” would be destroyed: what is not sealed would be gone, and nobody could open the rest.} other {# submissions to “{label}” would be destroyed: what is not sealed would be gone, and nobody could open the rest.}}',
  'effect.partDestroyed':
    'What {count, plural, =0 {every coming submission to “{label}” says} one {# submission to “{label}” says} other {# submissions to “{label}” say}} under {part} would be lost.',
  'effect.reshaped':
    '{part} would be changed for {count, plural, =0 {every coming submission} one {# submission} other {# submissions}} to “{label}”.',
  'safer.read': 'To let colleagues read, name them as readers in Form Guard.',
  'safer.published':
    'If this is private, let whoever runs the site protect the type: one line in config/plugins, and what is sent is sealed from then on. If these entries are meant for everybody, a super admin can decide that, with a reason, on record.',
  'safer.publishedOwn':
    'This type is one of Strapi’s own, which cannot be protected: leave what lets others read it unticked. If these entries are meant for everybody, a super admin can decide that, with a reason, on record.',
  'safer.changed': 'To let colleagues work with them, name them as readers in Form Guard.',
  'safer.entered': 'Submissions come from the people who send them; to let colleagues read, name them as readers in Form Guard.',
  'safer.told':
    'Leave out the events of entries. If the site needs them for its other types, whoever runs it can set unsafeEntryWebhooks in the config of Form Guard.',
  'safer.copied': 'A token that may only push is safe. Back submissions up with the database, and the keys elsewhere.',
  'safer.named':
    'Give the right to a role of its own, which only those few have who decide who reads. A super admin can let this role have it all the same; that stays on record.',
  'safer.byHand': 'If it has to be, a developer does it in the schema files, with a backup of the database at hand.',
  'effect.named': 'Anybody could be named as a reader, of everything that was and will be sent, by {audience}.',
  'refusal.stopped': 'Form Guard stopped this: nothing was saved.',

  'event.submission.opened': 'Opened a submission ({all, select, true {all answers} other {the answers {fields}}}) from {from}.',
  'event.attachment.opened': 'Opened an attachment (“{field}”, {file}) from {from}.',
  'event.submission.searched':
    'Searched for an exact “{field}” and found {found, plural, one {# submission} other {# submissions}}, from {from}.',
  'event.submission.stateChanged':
    'Set a submission to “{state, select, new {New} open {In progress} done {Done} spam {Spam} other {{state}}}”.',
  'event.submission.assigned':
    '{isNobody, select, true {Gave a submission to nobody.} other {Gave a submission to {person} to deal with.}}',
  'event.submission.due':
    '{isNever, select, true {Took away the day by which a submission was due.} other {Set the day by which a submission is to be dealt with: {on}.}}',
  'event.submission.noted': 'Wrote a note to a submission.',
  'event.submissions.exported':
    'Exported {submissions, plural, one {# submission} other {# submissions}} ({all, select, true {all answers} other {the answers {fields}}}) from {from}. The reason given: {reason}',
  'event.submission.exported': 'Exported this submission ({all, select, true {all answers} other {the answers {fields}}}).',
  'event.submission.binned': 'Deleted a submission; it is in the bin and can be taken back.',
  'event.submission.restored': 'Took a submission back from the bin.',
  'event.submission.erased':
    '{isBinned, select, true {Erased a submission from the bin; its values are gone.} other {Deleted a submission; its values are gone.}}',
  'event.submission.entered': 'Entered a submission by hand in the content manager.',
  'event.submission.changed': 'Changed what a submission says: {fields}.',
  'event.submissions.movedIn':
    'Sealed {submissions, plural, one {# submission} other {# submissions}} from before the type was protected and emptied {rows, plural, one {its row} other {their # rows}} in the site’s own table.',
  'event.attachments.movedIn':
    'Sealed {files, plural, one {# file} other {# files}} from before the type was protected and took {files, plural, one {it} other {them}} out of the media library.',
  'event.submissions.movedOut':
    'Began to put every submission back into the site’s own table, unsealed. Who can read them there is up to the site.',
  'event.archive.made':
    'Made a backup of {submissions, plural, one {# submission} other {# submissions}} and {files, plural, one {# attachment} other {# attachments}}, all of them sealed.',
  'event.archive.restored':
    'Restored {submissions, plural, one {# submission} other {# submissions}} and {files, plural, one {# attachment} other {# attachments}} from a backup of {madeAt}.',
  'event.reader.named':
    'Named {person} as a reader of {all, select, true {all answers} other {the answers {fields}}}, {isEndless, select, true {without an end} other {until {until}}}.',
  'event.reader.asked':
    'Named themself, {person}, as a reader of {all, select, true {all answers} other {the answers {fields}}}, {isEndless, select, true {without an end} other {until {until}}}. It does not hold until somebody else confirms it.',
  'event.reader.removed': 'Removed {person} as a reader.',
  'event.reader.suspended':
    '{why, select, changed {The e-mail or password of {person} was changed, not by {person} with the current password: every naming of {person} is suspended until somebody confirms it.} off {The account of {person} was switched off or blocked: every naming of {person} is suspended until somebody confirms it.} unknown {What was known of the account of {person} is not there any more, or was changed from outside: every naming of {person} is suspended until somebody confirms it.} other {Changed the e-mail or password of {person}, who was a reader: every naming of {person} ended.}}',
  'event.reader.confirmed': 'Confirmed that the account of {person} is in the right hands: every naming of {person} holds again.',
  'event.reader.accountKnown': 'From here on the namings of {person} hold for the account as it is now.',
  'event.reader.accountChanged':
    'The e-mail or password of {person} was changed by {person}, with the current password: the namings stay.',
  'event.form.created': 'Created the form “{title}”.',
  'event.form.changed':
    'Changed the form “{title}”. It has the address “{slug}” and is {open, select, true {open} other {closed}}.',
  'event.form.deleted': 'Deleted the form “{title}”, which had no submissions.',
  'event.visibility.refused': 'Tried to {deeds} ({actions}). It was refused; nothing was saved.',
  'event.publication.decided':
    'Decided that what strangers send to “{label}” is meant to be public, {attributes} included. The reason given: {reason}',
  'event.publication.takenBack': 'Took back the decision that what strangers send to “{label}” is meant to be public.',
  'event.config.changed':
    '{isFirst, select, true {Took down the settings of Form Guard as they are.} other {The settings of Form Guard changed: {changes}.}}',
  'event.role.mayName':
    'Gave the admin role “{role}”, {people, plural, =0 {which nobody has} one {# person} other {# people}}, the right to name and remove readers.',
  'event.role.allowedToName':
    'Decided that the admin role “{role}”, {people, plural, one {# person} other {# people}}, may name and remove readers.',
  'event.roles.allowedPages': 'Let the roles {roles} open the Form Guard pages, once, at the first start.',
  'event.links.ended':
    'Ended {links, plural, one {# mailed link} other {# mailed links}} for setting a password, signing in for the first time or confirming an address, because {links, plural, one {it} other {they}} lay readable in the database.',
  'event.token.narrowed':
    'Took the reach of the API token “{token}” away, which Strapi had made and nobody had used. It can be given what it needs by hand.',
  'event.keys.rotated': 'Changed the keys. New submissions are sealed under the new ones; older submissions follow.',
  'event.keys.resealed':
    'Sealed {done, plural, one {# submission or attachment} other {# submissions and attachments}} anew under the current keys and opened all of them once{unreadable, plural, =0 {} other {; # could not be opened and were left as they are}}.',
  'event.keys.rewrapped':
    'Wrapped {keys, plural, one {# key} other {# keys}} anew under the root key “{rootKey}”. Root keys from before are not needed any more.',
  'event.keys.destroyed':
    'Destroyed {keys, plural, one {# older key} other {# older keys}} that nothing was sealed under any more.',
  'event.keys.shredded':
    'Destroyed the keys of {submissions, plural, one {# submission} other {# submissions}} and {attachments, plural, one {# attachment} other {# attachments}} for ever. They do not open any more; backups from before hold the keys still.',
  'event.audit.broken':
    'Found that entries of this record are missing or were changed in the database: {entries}. Where that is about more than single readers, submissions are not opened until it is accepted.',
  'event.audit.mended': 'Found that entries of this record are there again as they were written: {entries}.',
  'event.audit.breakAccepted':
    'Accepted on the server’s command line that this record was changed in the database ({entries}). The reason given: {reason}',
  'event.audit.addressesForgotten':
    'Removed from this record {addresses, plural, one {# address} other {# addresses}} from which people came before {day}. What they did stays.',
  'audit.addressGone': 'an address that was removed',
  'audit.answer': '“{label}”',
  'audit.itsEnd': 'its newest end',
  'event.changed': 'This entry was changed and cannot be read.',
  'deed.read': 'let {audience} read submissions',
  'deed.published': 'let {audience} read what strangers send to a type that is not protected',
  'deed.changed': 'let {audience} change or delete submissions',
  'deed.entered': 'let {audience} enter submissions by hand',
  'deed.told': 'have {audience} told of each submission',
  'deed.copied': 'let {audience} copy what is not sealed of submissions',
  'deed.destroyed': 'destroy submissions or a part of them',
  'deed.reshaped': 'change what submissions are made of',
  'deed.named': 'let {audience} name and remove readers',
  'deed.and': ' and to ',

  'mail.arrived.subject': 'Something was sent to “{label}”',
  'mail.arrived.text':
    'A submission to “{label}” has come; there may be more by now. What it says is not in this mail.\n\nRead it here: {address}\n',
  'mail.ends.subject': 'Your reading of “{label}” ends on {day}',
  'mail.ends.text':
    'You can read the submissions to “{label}” until {day}. If you need them for longer, ask {givenBy}, or somebody else who may name readers, to name you again.\n\n{address}\n',

  'mail.named.subject': 'Somebody else can read “{label}” now',
  'mail.named.text':
    '{by} has let {names} read the submissions to “{label}”, which you read, too. If that surprises you, ask {by}, or look at the page of the readers:\n\n{address}\n',
  'mail.asked.subject': '{names} would like to read “{label}”',
  'mail.asked.text':
    '{by} has named themself as a reader of “{label}”. It does not hold until somebody else who may name readers confirms it. Ask why, and then confirm it or remove it:\n\n{address}\n',
  'mail.suspended.subject': 'Your account was changed: you read no submissions for now',
  'mail.suspended.text':
    'The e-mail address or password of your account at {site} was changed without your current password, or the account was switched off. Until somebody confirms that the account is yours you read no submissions there.\n\nIf it was you, ask somebody who may name readers to confirm it. If it was not you, tell them so at once: somebody may have taken your account.\n',
  'mail.confirmed.subject': 'Your account was confirmed: you read submissions again',
  'mail.confirmed.text':
    '{by} has confirmed that your account at {site} is yours. What you were named for you can read again.\n\nIf you did not change your account yourself, tell somebody who may name readers at once.\n',
  'mail.theOperator': 'Whoever runs the server',

  'problem.form': 'The form was not saved. {problems}',
  'problem.body': 'This was not accepted, nothing was changed. {problems}',
  'problem.search': '{problem} Nothing was looked up.',
  'publication.notSuperAdmin':
    'Only a super admin who is signed in can decide that what strangers send is meant to be public. Nothing was changed.',
  'publication.notYours':
    'Only a super admin, or somebody who may name readers, can take such a decision back. Nothing was changed.',
  'publication.unknownType': 'There is no type of this site with that name that is not protected. Nothing was changed.',
  'publication.reasonShort': 'Say why, in at least {min} letters.',
  'publication.reasonLong': 'The reason has at most {max} characters.',
  'publication.inConfig':
    'That decision stands in the config of the plugin (meantToBePublic) and is taken back there. Nothing was changed.',
  'publication.none': 'There is no such decision. Nothing was changed.',
  'form.unknown': 'There is no such form.',
  'form.slugTaken': 'Another form, “{title}”, has this address already.',
  'form.inUse':
    '“{title}” has {count, plural, one {# submission} other {# submissions}}, so it was not deleted. Close it instead: nobody can send it any more, and readers keep what came.',
  'form.inBin':
    '“{title}” has {count, plural, one {# deleted submission} other {# deleted submissions}} in the bin that can still be taken back, so it was not deleted. Erase what is in the bin first, or wait until that is done by itself.',
  'form.notCopied': 'A form is copied by making a new one: two forms cannot have the same address. Nothing was changed.',
  'form.titleMissing': 'A form needs a title.',
  'form.titleLong': 'A title has at most {max} characters.',
  'form.slugMissing': 'A form needs an address.',
  'form.slugLong': 'An address has at most {max} characters.',
  'form.slugWrong': 'An address has only small letters, digits and single hyphens.',
  'form.introLong': 'The introduction has at most {max} characters.',
  'form.noFields': 'A form needs at least one field.',
  'form.manyFields': 'A form has at most {max} fields.',
  'form.sameNames': 'Two fields have the same name.',
  'form.thankYouLong': 'The thank-you text has at most {max} characters.',
  'form.redirectWrong': 'The address to go to afterwards is a path like /thank-you or begins with https://.',
  'field.nameMissing': 'Every field needs a name.',
  'field.nameKept':
    'A field cannot be called “constructor” or “prototype”: programs keep these names for themselves. Choose another one.',
  'field.nameWrong': 'A field name begins with a small letter and has only small letters, digits and "_".',
  'field.labelMissing': 'Every field needs a label.',
  'field.labelLong': 'A label has at most {max} characters.',
  'field.helpLong': 'A help text has at most {max} characters.',
  'field.minLength': 'The shortest length',
  'field.maxLength': 'The greatest length',
  'field.maxBytes': 'The greatest size of a file',
  'field.maxFiles': 'The greatest number of files',
  'field.min': 'The smallest number',
  'field.max': 'The greatest number',
  'field.notNumber': '{what} must be a number.',
  'field.notWhole': '{what} must be a whole number.',
  'field.negative': '{what} cannot be negative.',
  'field.tooGreat': '{what} is at most {max}.',
  'field.tooFew': '{what} is at least {min}.',
  'field.noBytes': 'The greatest size of a file is at least 1 byte.',
  'field.choiceEmpty': 'A choice cannot be empty.',
  'field.choiceLong': 'A choice has at most {max} characters.',
  'field.manyChoices': 'A field has at most {max} choices.',
  'field.noChoices': 'A field with choices needs at least one choice.',
  'field.noKinds': 'A file field takes at least one kind of files.',
  'field.filesNotSearched': 'Files cannot be searched.',
  'field.bounds': 'The smallest cannot be above the greatest.',
  'reader.notNamed': 'You are not named as a reader here, so nothing was opened. Somebody who may name readers can add you.',
  'record.broken':
    'The record of what happened is not as it was written: somebody may have changed the database. Until that is cleared up submissions are not opened and readers are not named; nothing was changed. Submissions still come in and are kept. Whoever keeps the server finds out what happened, and then runs “npx form-guard audit accept-break”.',
  'reader.suspended':
    'Your e-mail or password was changed without your current password, or your account was switched off. So you read nothing here until somebody confirms that the account is yours; nothing was opened. {isAlone, select, true {Nobody else here may name readers. Whoever runs the server can confirm it there, with the command: form-guard readers confirm {email}} other {Ask {names}: on the page of the readers it takes two clicks.}}',
  'reader.suspendedNotNamed':
    'Nobody was named. The account of {person} was changed, and the namings it has are suspended. Confirm them first, on the page of the readers.',
  'reader.confirmOneself':
    'Nobody confirms their own account. Somebody else who may name readers can do it. Nothing was changed.',
  'reader.confirmerSuspended':
    'Your own account was changed and is not confirmed yet, so you cannot confirm others. Somebody else who may name readers can do it, or whoever runs the server with the command: form-guard readers confirm. Nothing was changed.',
  'reader.confirmOff': 'This account is switched off or blocked. Switch it on first, then confirm. Nothing was changed.',
  'reader.askerChanged':
    'The account of this person was changed or switched off since they asked. Remove the naming, and let them ask again. Nothing was changed.',
  'reader.confirmNothing': 'There is nothing to confirm about this reader. Nothing was changed.',
  'reader.changed': 'What you may read here was changed meanwhile.',
  'reader.notAPerson': 'Submissions are opened by people who sign in, not by tokens. Nothing was opened.',
  'right.missing':
    '{isToken, select, true {This token does not have the right “{right}” of Form Guard. Nothing was shown or changed. Somebody who manages admin tokens can give it, under Settings, Admin Tokens.} other {Your role does not have the right “{right}” of Form Guard. Nothing was shown or changed. A super admin, or somebody else who manages roles, can give it, under Settings, Roles, Plugins.}}',
  'delete.notAPerson': 'Submissions are deleted by people who sign in, not by tokens. Nothing was deleted.',
  'delete.noRight':
    'Deleting submissions needs the right “Delete submissions that one may read”, which your role does not have. Nothing was deleted. Somebody who manages roles can give it.',
  'delete.notAReader':
    '{deed, select, look {Only a reader of all answers can see what was deleted here, and you are none. Nothing was shown.} takeBack {Only a reader of all answers can take a submission back, and you are none here. It stays deleted.} erase {Only a reader of all answers can erase a submission for good, and you are none here. Nothing was erased.} other {Only a reader of all answers can delete a submission, and you are none here. Nothing was deleted.}} Somebody who may name readers can add you.',
  'bin.notProtected': 'This type is not protected any more: the submission cannot be put back there. Nothing was changed.',
  'reader.unknown': 'There is no such reader. Nothing was changed.',
  'reader.inactive': 'One of these people has no active account here. Nobody was named.',
  'reader.noPeople': 'Pick at least one person.',
  'reader.manyPeople': 'Pick at most {max} people at once.',
  'reader.noFields': 'Pick at least one field, or all.',
  'reader.endPast': 'The end must be a date in the future.',
  'reader.notNamedEndless': 'Nobody was named: on this site every naming has an end. Say until when.',
  'reader.endMissing': 'Every naming has an end.',
  'reader.notNamedEnd': 'Nobody was named: the end must be a date in the future.',
  'reader.notNamedFields': 'Nobody was named: one of the fields does not exist.',
  'source.unknown': 'There is no such form or protected type.',
  'submission.unknown': 'There is no such submission.',
  'submission.unknownUnchanged': 'There is no such submission. Nothing was changed.',
  'submission.notInBin':
    'This is not among the deleted submissions any more: somebody took it back, or it was erased. Nothing was changed now.',
  'submission.noneExported': 'There is no such submission. Nothing was exported.',
  'submission.notEdited': 'What a submission says is not changed here ({fields}). Nothing was saved.',
  'submission.notCopied': 'A submission cannot be copied: its values are sealed for this one record. Nothing was changed.',
  'attachment.unknown': 'There is no such attachment.',
  'search.notSearchable': 'This field cannot be searched. Nothing was looked up.',
  'search.long': 'A search has at most {max} characters.',
  'search.empty': 'Say what to search for.',
  'handling.notAReader':
    'Only somebody who may read this can be given it. Name that person as a reader first. Nothing was changed.',
  'handling.dayWrong': 'A day looks like 2026-03-09.',
  'note.notAll': 'Notes are for readers of all answers, and you may read some. Nothing was written.',
  'note.many': 'A submission has at most {max} notes. Nothing was written.',
  'note.empty': 'Write something.',
  'note.long': 'A note has at most {max} characters.',
  'export.noReason': 'Say why these submissions leave the system.',
  'export.reasonShort': 'The reason has at least {min} letters.',
  'export.reasonLong': 'The reason has at most {max} letters.',
  'export.none': 'Pick at least one submission.',
  'export.many': 'Pick at most {max} submissions, or export what a filter finds.',
  'export.reference': 'Reference',
  'export.received': 'Received',
  'export.state': 'State',
  'export.workbookLong':
    'A workbook holds at most {max, number} submissions. Export as CSV, or fewer at a time. Nothing was exported.',
  'export.workbookLarge':
    'What these submissions hold is too much for one workbook. Export as CSV, or fewer at a time. Nothing was sent.',
  'export.cut': '[cut here: too long for a cell; open the submission to read the rest]',
  'export.notOpened': '[does not open]',
  'role.unknown': 'There is no such role. Nothing was changed.',
  'role.notSuperAdmin': 'Only a super admin decides this. Nothing was changed.',
  'role.changed': 'Another number of people has this role by now. Save once more, and look at the number. Nothing was changed.',
  'keys.unknown': 'There are no keys of such a form or type. Nothing was changed.',
  'keys.changedMeanwhile':
    'Somebody else changed these keys at the same moment. They are new, and what is there follows; you need not do it again.',
  'keys.stillNeeded':
    'The older keys are still needed: {submissions, plural, one {# submission} other {# submissions}} and {attachments, plural, one {# attachment} other {# attachments}} are sealed under them{isUnderWay, select, true {, and the work of sealing anew is not over} other {}}. Nothing was destroyed.',
  'origin.foreign':
    'A page of another site asked for something of this admin. It was refused, and nothing was read or changed. If that page belongs to your admin, whoever runs the site names its address in adminOrigins in the config of Form Guard.',
  'type.notRead': 'These submissions are protected by Form Guard: they cannot be read here.',
  'type.notReached': 'These submissions are protected by Form Guard: they cannot be read or changed here.',
  'type.fieldSealed': '“{name}” of “{label}” is sealed: nothing can be looked up by it here. Its readers search in Form Guard.',
  'type.linkSealed': 'A link to protected submissions is sealed: “{uid}” cannot be looked up by it. Nothing was looked up.',
  'upload.fromVault':
    'This file holds submissions or an attachment that somebody took out of Form Guard. In the media library everybody could fetch it, so it was not put there. Name colleagues who need it as readers instead.',
  'type.noUpload':
    'A file of a protected submission does not go into the media library. Send it with the submission itself. Nothing was saved.',
  'account.secret':
    'Passwords, keys and links of accounts are out of reach: nothing can be looked up, sorted or shown by them. Nothing was looked up.',
  'list.rawKey':
    'This list takes filters, sort, fields, populate and pagination, and no keys of the database. Nothing was looked up.',
  'picker.shaped': 'A list to pick from takes a search and a page; what it shows is set by the site. Nothing was looked up.',
  'links.ended':
    'Form Guard: {links, plural, one {# link that was mailed} other {# links that were mailed}} before (to set a password, to sign in for the first time or to confirm an address) no longer work, because whoever reads the database could have used them. Ask for a new mail on the page for signing in. Somebody who was invited and has never signed in is invited anew: delete the user under Settings > Users, and create it again.',
} as const;
