/** The same in French. As long as there are sentences: one place for all of them is what keeps them whole. */
import type { SentenceKey } from './sentences';

export const fr: Record<SentenceKey, string> = {
  'finding.DATABASE_CODE':
    'La base de données agit d’elle-même sur des tables qui contiennent des envois ou le registre de qui les a ouverts : {names}. Cela peut copier, modifier ou cacher ce qui y est écrit, ou retirer une entrée du registre.',
  'finding.DATABASE_CODE.step':
    'Cherchez qui l’y a mis, et supprimez-le (DROP TRIGGER, DROP RULE, DROP POLICY) avec un compte de la base de données qui en a le droit.',
  'finding.AUDIT_BROKEN':
    'Le registre de ce qui s’est passé a été modifié de l’extérieur : l’entrée {number} manque ou n’est plus telle qu’elle a été écrite. {isShut, select, true {Tant que ce n’est pas accepté, personne n’ouvre d’envoi ; ceux qui arrivent sont conservés.} other {Cela concerne certains lecteurs, dont les désignations sont suspendues.}}',
  'finding.AUDIT_BROKEN.step':
    'Cherchez qui peut écrire dans la base de données et comparez avec une sauvegarde. Ensuite, la personne qui tient le serveur lance « npx form-guard audit accept-break ».',
  'finding.READERS_SUSPENDED':
    '{count, plural, one {Un lecteur est suspendu : son compte a été modifié} other {# lecteurs sont suspendus : leurs comptes ont été modifiés}}, et personne ne l’a encore confirmé.',
  'finding.READERS_SUSPENDED.step':
    'Sur la page des lecteurs, une autre personne qui peut désigner des lecteurs confirme chacun d’eux, en deux clics.',
  'finding.FORM_MISSING':
    '{count, plural, one {# envoi appartient} other {# envois appartiennent}} à un formulaire ou un type qui n’existe plus ({formOrType}). Tout est gardé scellé, et personne ne peut l’ouvrir.',
  'finding.FORM_MISSING.step':
    'Faites revenir le formulaire d’une sauvegarde ou d’un import, ou remettez le type dans la configuration.',
  'finding.HUSK_MISSING':
    '{count, plural, one {# envoi} other {# envois}} à « {label} » {count, plural, one {a perdu son entrée} other {ont perdu leurs entrées}} dans Strapi : supprimées dans la base de données, ou pas ramenées par un import. Qui les a supprimées croit que tout a disparu ; ce qui a été envoyé est encore gardé scellé, et ses lecteurs peuvent le lire.',
  'finding.HUSK_MISSING.step':
    'Dans la boîte, supprimez ce qui doit disparaître. form-guard doctor dit lesquels ce sont. Supprimez les entrées par Strapi, jamais dans la base de données.',
  'finding.RECORD_MISSING':
    '{count, plural, one {# entrée} other {# entrées}} de « {label} » {count, plural, one {n’a} other {n’ont}} plus rien de gardé scellé : cela a été supprimé dans la base de données, ou l’entrée y a été écrite. Ce qui a été envoyé ne peut pas être lu ici.',
  'finding.RECORD_MISSING.step':
    'Ramenez cela d’une sauvegarde, ou supprimez ces entrées. form-guard doctor dit lesquelles ce sont.',
  'finding.KEY_PROVIDER_AWAY':
    'Le service qui détient les clés racines ne répond pas. En attendant, personne ne peut lire, et ce qui demande une clé n’est pas affiché ici : qui peut lire, et si le registre est intact.',
  'finding.KEY_PROVIDER_AWAY.step':
    'Rétablissez le service ou ses identifiants. Le journal du serveur dit pourquoi il ne répond pas.',
  'finding.ROOT_KEY_MISSING':
    '{count, plural, one {# envoi ou pièce jointe ne peut pas être ouvert} other {# envois et pièces jointes ne peuvent pas être ouverts}} : la clé racine dont leur clé a besoin n’est pas là. Tout est gardé tel quel.',
  'finding.ROOT_KEY_MISSING.step':
    'Remettez cette clé racine dans FORM_GUARD_KEYS, derrière la clé actuelle. « npx form-guard doctor » dit ce qui ne s’ouvre pas.',
  'finding.TYPE_LEFT':
    '« {label} » ({uid}) a été protégé et ne l’est plus : {count, plural, =0 {rien n’en est} one {# entrée en est} other {# entrées en sont}} dans la table de Strapi, sans scellement{takesPosts, select, true {, et tout ce qui y sera envoyé désormais le sera aussi} other {}}.',
  'finding.TYPE_LEFT.step':
    'Remettez « {uid} » sous « protect » dans la configuration, redémarrez, puis lancez « npx form-guard protect {uid} » ; sinon, ce sont désormais les permissions de Strapi qui en décident.',
  'finding.UNSEALED_ROWS':
    '{count, plural, one {# ligne de « {label} », antérieure à sa protection, contient} other {# lignes de « {label} », antérieures à sa protection, contiennent}} encore des valeurs qui ne sont pas scellées.',
  'finding.UNSEALED_ROWS.step':
    'La personne qui gère le serveur lance « npx form-guard protect {uid} », ce qui les scelle. D’ici là, seuls les verrous placés devant les gardent privées.',
  'finding.UNSEALED_FILES':
    '{count, plural, one {# fichier de « {label} », antérieur à sa protection, se trouve encore dans la médiathèque. Form Guard le retire de ses listes et répond 404, mais il n’est pas scellé} other {# fichiers de « {label} », antérieurs à sa protection, se trouvent encore dans la médiathèque. Form Guard les retire de ses listes et répond 404, mais ils ne sont pas scellés}}, et une adresse sur un autre serveur ne peut pas être fermée d’ici.',
  'finding.UNSEALED_FILES.step':
    'La personne qui gère le serveur lance « npx form-guard protect {uid} », ce qui les scelle et les retire de la médiathèque.',
  'finding.DEVELOPMENT_KEY':
    'Ce site tourne en mode « {environment} » et scelle avec une clé de développement rangée à côté des données : une copie de son dossier suffit pour tout lire.',
  'finding.DEVELOPMENT_KEY.step':
    'Mettez NODE_ENV à production. Créez une clé avec « npx form-guard keys new », placez-la dans FORM_GUARD_KEYS devant celle de .form-guard/root.key, puis lancez « npx form-guard keys rewrap ».',
  'finding.KEY_BESIDE_DATABASE':
    'La clé se trouve dans {file}, dans le même dossier que la base de données : une copie de ce dossier suffit pour tout lire.',
  'finding.KEY_BESIDE_DATABASE.step':
    'Donnez FORM_GUARD_KEYS au serveur autrement, par exemple dans l’environnement de son service, et gardez-en la copie ailleurs.',
  'finding.ADDRESS_WITHOUT_HTTPS':
    'L’adresse publique de ce site commence par http://. Ce que les gens envoient, et les mots de passe, peuvent être lus en chemin.',
  'finding.ADDRESS_WITHOUT_HTTPS.step':
    'Servez le site en https et indiquez cette adresse comme url dans config/server (et config/admin).',
  'finding.ERROR_REPORTER':
    'Un programme qui signale les erreurs à un tiers tourne dans ce site ({names}). Ce que les gens écrivent pourrait partir avec un rapport du code du site.',
  'finding.ERROR_REPORTER.step':
    'Dans ses réglages, désactivez l’envoi du corps des requêtes, des en-têtes et des variables locales ; ou retirez-le.',
  'finding.DEBUG_LOG':
    'Le journal est réglé sur {level}, ce qui sert à chercher des erreurs : il peut contenir ce que les gens envoient au site.',
  'finding.DEBUG_LOG.step': 'Remettez-le sur « info » ou moins, et supprimez ce qui a été écrit entre-temps.',
  'finding.ENDLESS_READERS':
    '{count, plural, one {# désignation pour « {label} » n’a pas de fin, ou une fin dans des années.} other {# désignations pour « {label} » n’ont pas de fin, ou une fin dans des années.}}',
  'finding.ENDLESS_READERS.step': 'Désignez ces personnes à nouveau, avec un jour de fin.',
  'finding.EVERYBODY_READS': 'Toutes les personnes qui ont un compte ici ({people}) peuvent lire « {label} ».',
  'finding.EVERYBODY_READS.step': 'Retirez les lecteurs qui n’y travaillent pas.',
  'finding.MANY_MAY_NAME':
    'Par le rôle d’administration « {name} », {people} personnes peuvent désigner et retirer des lecteurs, et personne n’a décidé qu’elles soient si nombreuses.',
  'finding.MANY_MAY_NAME.step':
    'Retirez à ce rôle le droit « Désigner et retirer des lecteurs », et donnez-le à un rôle réservé aux quelques personnes qui décident de qui lit.',
  'finding.NOBODY_READS':
    '{count, plural, one {# envoi à « {label} » attend, et personne ne peut le lire.} other {# envois à « {label} » attendent, et personne ne peut les lire.}}',
  'finding.NOBODY_READS.step': 'Désignez quelqu’un qui s’en occupe.',
  'finding.SAME_TITLE': '{count} formulaires s’appellent « {label} » : on peut désigner des lecteurs pour le mauvais.',
  'finding.SAME_TITLE.step': 'Donnez à chacun un titre qui lui est propre.',
  'finding.PLAIN_PERSONAL':
    'Ce que les gens indiquent sous {names} dans « {label} » est déclaré en clair : c’est lisible dans la base de données, les sauvegardes et les exports, et {people, plural, one {# personne de l’administration le voit} other {# personnes de l’administration le voient}}.',
  'finding.PLAIN_PERSONAL.step':
    '{isMeant, select, true {Les réglages disent que c’est voulu. Retirez-le de plain et de plainOnPurpose quand ce n’est plus le cas.} other {Retirez-le de plain dans config/plugins ; ou, si c’est voulu, indiquez-le aussi dans plainOnPurpose.}}',
  'finding.ANSWERS_IN_ADDRESS':
    'Une de vos pages envoie les réponses dans son adresse, où d’autres peuvent les lire, et personne ne les reçoit : {page}',
  'finding.ANSWERS_IN_ADDRESS.unknown':
    'Une de vos pages envoie les réponses dans son adresse, où d’autres peuvent les lire, et personne ne les reçoit. Les navigateurs n’ont pas dit laquelle.',
  'finding.ANSWERS_IN_ADDRESS.step':
    'Écrivez method="post" dans le formulaire de cette page. Les personnes qui gardent les journaux devant ce serveur devraient y chercher ce qui a été envoyé.',
  'finding.KEPT_NAME':
    'Le formulaire « {title} » a un champ nommé « {name} ». Les programmes se réservent ce nom, et beaucoup de sites ne peuvent pas l’envoyer.',
  'finding.KEPT_NAME.step': 'Donnez un autre nom au champ, ici et sur les pages qui l’envoient.',
  'finding.UNSAFE_OPTION': 'L’option « {name} » est active : une protection de Form Guard est coupée.',
  'finding.UNSAFE_OPTION.step': 'Retirez-la de config/plugins dès qu’elle ne sert plus.',
  'finding.PERMISSION_ROW':
    'Le rôle « {name} » a une case cochée qui lui ouvrirait « {label} » ({action}). Form Guard garde la porte fermée.',
  'finding.PERMISSION_ROW.step': 'Décochez la case, pour que rien ne s’ouvre si Form Guard est retiré un jour.',
  'finding.TOKEN_PERMISSION_ROW':
    'Le jeton d’API « {name} » a une case cochée qui lui ouvrirait « {label} » ({action}). Form Guard garde la porte fermée.',
  'finding.TOKEN_PERMISSION_ROW.step': 'Décochez la case, pour que rien ne s’ouvre si Form Guard est retiré un jour.',
  'finding.ADMIN_PERMISSION_ROW.role':
    'Le rôle d’administration « {name} » ({people, plural, one {# personne} other {# personnes}}) voit la liste de « {label} » dans le gestionnaire de contenu : quand les envois sont arrivés, et ce que vous avez déclaré en clair. Aucune réponse.',
  'finding.ADMIN_PERMISSION_ROW.token':
    'Le jeton d’administration « {name} » voit la liste de « {label} » dans le gestionnaire de contenu : quand les envois sont arrivés, et ce que vous avez déclaré en clair. Aucune réponse.',
  'finding.ADMIN_PERMISSION_ROW.step': 'Décochez la case là où personne n’a besoin de cette liste.',
  'finding.WIDE_TOKEN':
    'Le jeton d’API « {name} » peut {mayChange, select, true {lire et modifier} other {lire}} tous les types, y compris ceux qui viendront. Form Guard ne lui donne aucun envoi.',
  'finding.WIDE_TOKEN.step':
    'Supprimez-le si rien ne l’utilise, ou faites-en un jeton personnalisé pour les types dont il a besoin.',
  'finding.PULL_TOKEN':
    'Qui détient le jeton de transfert « {name} » peut copier le site entier ailleurs. Ce qui est scellé ne part pas.',
  'finding.PULL_TOKEN.step': 'Supprimez-le une fois la copie faite.',
  'finding.ENTRY_WEBHOOK':
    'Le webhook « {name} » est prévenu de chaque envoi à un type protégé : son arrivée et son identifiant. Aucune réponse.',
  'finding.ENTRY_WEBHOOK.step': 'Retirez les événements des entrées si l’autre côté n’a pas besoin de le savoir.',
  'finding.MCP_ON':
    'Des clients d’IA peuvent utiliser ce site avec un jeton d’administration (server.mcp). Des envois, ils voient quand ils sont arrivés et ce que vous avez déclaré en clair.',
  'finding.MCP_ON.step': 'Désactivez server.mcp dans config/server si personne ne s’en sert.',
  'finding.DOCUMENTATION_PUBLIC':
    'La documentation de l’API est ouverte à tous. Des types protégés, elle montre comment envoyer, rien d’autre.',
  'finding.DOCUMENTATION_PUBLIC.step': 'Protégez-la par un mot de passe si elle n’est pas destinée au public.',
  'finding.OPEN_REGISTRATION':
    'N’importe qui peut s’inscrire sur ce site{isConfirmed, select, true {} other {, sans confirmer d’adresse e-mail}} : ce que « Authenticated » peut faire, tout le monde peut le faire.',
  'finding.OPEN_REGISTRATION.step': 'Désactivez les inscriptions si le site n’a pas de membres.',
  'finding.PUBLIC_UPLOAD':
    '{isPublic, select, true {N’importe qui sur internet peut} other {Toute personne inscrite, donc le rôle « {name} », peut}} mettre des fichiers dans la médiathèque, où tout le monde peut les récupérer.',
  'finding.PUBLIC_UPLOAD.step':
    'Retirez à ce rôle la case « upload » de la médiathèque. Un formulaire de Form Guard accepte des fichiers sans elle, et les garde scellés.',
  'finding.UPLOADS_ELSEWHERE':
    'Les fichiers de la médiathèque sont gardés chez « {provider} »{isKnown, select, true { et récupérés sur {host}} other {}} : Form Guard n’y décide pas comment un navigateur les traite.',
  'finding.UPLOADS_ELSEWHERE.step':
    'Servez-les depuis une adresse sans domaine commun avec cette administration, et faites envoyer les pages, les scripts et les SVG en téléchargement.',

  'finding.UNLISTED_PUBLIC':
    '{count, plural, =0 {Ce qui arrive dans « {label} » peut être lu} one {# entrée de « {label} » peut être lue} other {# entrées de « {label} » peuvent être lues}} par {audience}. Des inconnus peuvent envoyer à ce type, et il demande ce qui semble personnel : {signs}. Personne n’a décidé que cela devait être public.',
  'finding.UNLISTED_TOKEN':
    'Ce que des inconnus envoient à « {label} » ({count, plural, one {# entrée} other {# entrées}}) peut être lu par {audience}. Le type demande ce qui semble personnel ({signs}) et n’est pas protégé.',
  'finding.UNLISTED_WEAK':
    'Ce que des inconnus envoient à « {label} » peut être lu par {audience}. Il demande {signs} : normal pour des commentaires, mais un nom et un message peuvent en dire beaucoup sur quelqu’un.',
  'finding.UNLISTED.step':
    'Si c’est privé, la personne qui gère le site ajoute {line} à « protect » dans config/plugins ; d’ici là, retirez le droit de lire. Si c’est destiné à tout le monde, un super administrateur le dit dans la liste de ces types de la vue d’ensemble, avec une raison.',
  'finding.UNLISTED.stepOwn':
    'Ce type appartient à Strapi lui-même et ne peut pas être protégé : retirez le droit de lire. S’il est destiné à tout le monde, un super administrateur le dit dans la liste de ces types de la vue d’ensemble, avec une raison.',

  'audience.public': 'n’importe qui sur internet',
  'audience.signedUp': 'toute personne qui s’inscrit sur le site',
  'audience.confirmed': 'toute personne qui s’inscrit sur le site et confirme une adresse e-mail',
  'audience.role': 'toutes les personnes qui ont le rôle « {name} »',
  'audience.adminRole':
    'toutes les personnes qui ont le rôle d’administration « {name} », {people, plural, =0 {personne pour l’instant} one {# personne} other {# personnes}}',
  'audience.apiToken': 'toute personne qui détient le jeton « {name} »',
  'audience.adminToken': 'toute personne qui détient le jeton d’administration « {name} »',
  'audience.transferToken': 'toute personne qui détient le jeton de transfert « {name} »',
  'audience.webhook': 'toute personne qui reçoit le webhook « {name} »',
  'audience.typeReaders': 'toute personne qui peut lire « {label} »',
  'audience.componentReaders': 'toute personne qui peut lire ce qui contient le composant « {label} »',
  newRole: 'nouveau rôle',
  newToken: 'nouveau jeton',
  newWebhook: 'nouveau webhook',

  'part.attribute': 'l’attribut « {name} »',
  'part.inComponent': 'l’attribut « {name} » du composant « {component} »',
  'part.translation': 'le réglage de la traduction',
  'part.kind': 'le genre du type (une seule entrée au lieu de plusieurs)',
  'part.drafts': 'le réglage des brouillons et de la publication',

  'effect.read':
    '{count, plural, =0 {Tout envoi à venir à « {label} » pourrait être lu} one {# envoi à « {label} » pourrait être lu} other {# envois à « {label} » pourraient être lus}} par {audience}.',
  'effect.published':
    '{count, plural, =0 {Chaque entrée à venir de} one {# entrée de} other {# entrées de}} « {label} » {count, plural, =0 {pourrait être lue} one {pourrait être lue} other {pourraient être lues}} par {audience}. Des inconnus peuvent envoyer à ce type, et il demande ce qui semble personnel : {signs}.',
  'effect.changed':
    '{count, plural, =0 {Tout envoi à venir à « {label} » pourrait être modifié ou supprimé} one {# envoi à « {label} » pourrait être modifié ou supprimé} other {# envois à « {label} » pourraient être modifiés ou supprimés}} par {audience}.',
  'effect.entered': 'Des envois à « {label} » pourraient être saisis à la main par {audience}.',
  'effect.told':
    'Chaque envoi à « {label} » serait signalé à {audience}{count, plural, =0 {} one { ; # est arrivé jusqu’ici} other { ; # sont arrivés jusqu’ici}}.',
  'effect.copied':
    'Le site entier pourrait être copié par {audience}, avec ce qui n’est pas scellé de {count, plural, =0 {tout envoi à venir} one {# envoi} other {# envois}} à « {label} ».',
  'effect.destroyed':
    '{count, plural, =0 {« {label} » disparaîtrait, et ce que l’on y envoie serait perdu.} one {# envoi à « {label} » serait détruit : ce qui n’est pas scellé disparaîtrait, et personne ne pourrait ouvrir le reste.} other {# envois à « {label} » seraient détruits : ce qui n’est pas scellé disparaîtrait, et personne ne pourrait ouvrir le reste.}}',
  'effect.partDestroyed':
    'Serait perdu : ce que {count, plural, =0 {tout envoi à venir à « {label} » dit} one {# envoi à « {label} » dit} other {# envois à « {label} » disent}} sous {part}.',
  'effect.reshaped':
    'Serait changé : {part}, pour {count, plural, =0 {tout envoi à venir} one {# envoi} other {# envois}} à « {label} ».',
  'safer.read': 'Pour que des collègues puissent lire, désignez-les comme lecteurs dans Form Guard.',
  'safer.published':
    'Si c’est privé, demandez à la personne qui gère le site de protéger le type : une ligne dans config/plugins, et ce qui est envoyé est scellé désormais. Si ces entrées sont destinées à tout le monde, un super administrateur peut le décider, avec une raison, et cela reste consigné.',
  'safer.publishedOwn':
    'Ce type appartient à Strapi lui-même et ne peut pas être protégé : laissez décoché ce qui permet à d’autres de le lire. Si ces entrées sont destinées à tout le monde, un super administrateur peut le décider, avec une raison, et cela reste consigné.',
  'safer.changed': 'Pour que des collègues puissent s’en occuper, désignez-les comme lecteurs dans Form Guard.',
  'safer.entered':
    'Les envois viennent des personnes qui les écrivent ; pour que des collègues puissent lire, désignez-les comme lecteurs dans Form Guard.',
  'safer.told':
    'Laissez de côté les événements des entrées. Si le site en a besoin pour ses autres types, la personne qui le gère peut activer unsafeEntryWebhooks dans la configuration de Form Guard.',
  'safer.copied':
    'Un jeton qui ne peut qu’envoyer (push) est sûr. Sauvegardez les envois avec la base de données, et les clés ailleurs.',
  'safer.named':
    'Donnez ce droit à un rôle à part, qu’ont seulement les quelques personnes qui décident qui lit. Un super administrateur peut tout de même l’accorder à ce rôle ; cela reste consigné.',
  'safer.byHand':
    'S’il le faut vraiment, un développeur le fait dans les fichiers de schéma, avec une sauvegarde de la base de données à portée de main.',
  'effect.named': 'N’importe qui pourrait être désigné comme lecteur, de tout ce qui a été et sera envoyé, par {audience}.',
  'refusal.stopped': 'Form Guard a arrêté ceci : rien n’a été enregistré.',

  'event.submission.opened':
    'A ouvert un envoi ({all, select, true {toutes les réponses} other {les réponses {fields}}}) depuis {from}.',
  'event.attachment.opened': 'A ouvert une pièce jointe (« {field} », {file}) depuis {from}.',
  'event.submission.searched':
    'A cherché un « {field} » exact et trouvé {found, plural, one {# envoi} other {# envois}}, depuis {from}.',
  'event.submission.stateChanged':
    'A changé l’état d’un envoi en « {state, select, new {Nouveau} open {En cours} done {Terminé} spam {Indésirable} other {{state}}} ».',
  'event.submission.assigned': '{isNobody, select, true {N’a confié un envoi à personne.} other {A confié un envoi à {person}.}}',
  'event.submission.due':
    '{isNever, select, true {A retiré l’échéance d’un envoi.} other {A fixé l’échéance d’un envoi : {on}.}}',
  'event.submission.noted': 'A écrit une note sur un envoi.',
  'event.submissions.exported':
    'A exporté {submissions, plural, one {# envoi} other {# envois}} ({all, select, true {toutes les réponses} other {les réponses {fields}}}) depuis {from}. Raison donnée : {reason}',
  'event.submission.exported': 'A exporté cet envoi ({all, select, true {toutes les réponses} other {les réponses {fields}}}).',
  'event.submission.binned': 'A supprimé un envoi ; il est dans la corbeille et peut être repris.',
  'event.submission.restored': 'A repris un envoi de la corbeille.',
  'event.submission.erased':
    '{isBinned, select, true {A effacé un envoi de la corbeille ; ses valeurs ont disparu.} other {A supprimé un envoi ; ses valeurs ont disparu.}}',
  'event.submission.entered': 'A saisi un envoi à la main dans le gestionnaire de contenu.',
  'event.submission.changed': 'A changé ce que dit un envoi : {fields}.',
  'event.submissions.movedIn':
    'A scellé {submissions, plural, one {# envoi antérieur} other {# envois antérieurs}} à la protection du type et vidé {rows, plural, one {sa ligne} other {leurs # lignes}} dans la table du site.',
  'event.attachments.movedIn':
    'A scellé {files, plural, one {# fichier antérieur} other {# fichiers antérieurs}} à la protection du type et {files, plural, one {l’a retiré} other {les a retirés}} de la médiathèque.',
  'event.submissions.movedOut':
    'A commencé à remettre chaque envoi, non scellé, dans la table du site. Qui peut les y lire dépend du site.',
  'event.archive.made':
    'A fait une sauvegarde de {submissions, plural, one {# envoi} other {# envois}} et {files, plural, one {# pièce jointe} other {# pièces jointes}}, le tout scellé.',
  'event.archive.restored':
    'A restauré {submissions, plural, one {# envoi} other {# envois}} et {files, plural, one {# pièce jointe} other {# pièces jointes}} d’une sauvegarde du {madeAt}.',
  'event.reader.named':
    'A désigné {person} comme lecteur de {all, select, true {toutes les réponses} other {ces réponses : {fields}}}, {isEndless, select, true {sans date de fin} other {jusqu’au {until}}}.',
  'event.reader.asked':
    'S’est désigné soi-même, {person}, comme lecteur de {all, select, true {toutes les réponses} other {ces réponses : {fields}}}, {isEndless, select, true {sans date de fin} other {jusqu’au {until}}}. Cela ne vaut pas tant qu’une autre personne ne l’a pas confirmé.',
  'event.reader.removed': 'A retiré {person} des lecteurs.',
  'event.reader.suspended':
    '{why, select, changed {L’e-mail ou le mot de passe de {person} a été changé, mais pas par {person} avec le mot de passe actuel : toutes les désignations de {person} sont suspendues jusqu’à ce que quelqu’un les confirme.} off {Le compte de {person} a été désactivé ou bloqué : toutes les désignations de {person} sont suspendues jusqu’à ce que quelqu’un les confirme.} unknown {Ce que l’on savait du compte de {person} n’est plus là ou a été modifié de l’extérieur : toutes les désignations de {person} sont suspendues jusqu’à ce que quelqu’un les confirme.} other {A changé l’e-mail ou le mot de passe de {person}, qui était lecteur : toutes les désignations de {person} ont pris fin.}}',
  'event.reader.confirmed':
    'A confirmé que le compte de {person} est dans les bonnes mains : toutes les désignations de {person} sont de nouveau valables.',
  'event.reader.accountKnown': 'À partir d’ici, les désignations de {person} valent pour le compte tel qu’il est maintenant.',
  'event.reader.accountChanged':
    'L’e-mail ou le mot de passe de {person} a été changé par {person}, avec le mot de passe actuel : les désignations restent.',
  'event.form.created': 'A créé le formulaire « {title} ».',
  'event.form.changed':
    'A modifié le formulaire « {title} ». Il a l’adresse « {slug} » et est {open, select, true {ouvert} other {fermé}}.',
  'event.form.deleted': 'A supprimé le formulaire « {title} », qui n’avait aucun envoi.',
  'event.visibility.refused': 'A essayé ceci : {deeds} ({actions}). Cela a été refusé ; rien n’a été enregistré.',
  'event.publication.decided':
    'A décidé que ce que des inconnus envoient à « {label} » est destiné au public, y compris {attributes}. Raison donnée : {reason}',
  'event.publication.takenBack': 'A retiré la décision que ce que des inconnus envoient à « {label} » est destiné au public.',
  'event.config.changed':
    '{isFirst, select, true {A pris note des réglages de Form Guard tels qu’ils sont.} other {Les réglages de Form Guard ont changé : {changes}.}}',
  'event.role.mayName':
    'A donné au rôle d’administration « {role} », {people, plural, =0 {que personne n’a} one {# personne} other {# personnes}}, le droit de désigner et de retirer des lecteurs.',
  'event.role.allowedToName':
    'A décidé que le rôle d’administration « {role} », {people, plural, one {# personne} other {# personnes}}, peut désigner et retirer des lecteurs.',
  'event.roles.allowedPages':
    'A permis aux rôles {roles} d’ouvrir les pages de Form Guard, une seule fois, au premier démarrage.',
  'event.links.ended':
    'A mis fin à {links, plural, one {# lien envoyé par e-mail} other {# liens envoyés par e-mail}} pour choisir un mot de passe, se connecter la première fois ou confirmer une adresse, lisibles dans la base de données.',
  'event.token.narrowed':
    'A retiré sa portée au jeton d’API « {token} », que Strapi avait créé et que personne n’avait utilisé. On peut lui redonner à la main ce dont il a besoin.',
  'event.keys.rotated': 'A changé les clés. Les nouveaux envois sont scellés avec les nouvelles ; les plus anciens suivent.',
  'event.keys.resealed':
    'A scellé à nouveau {done, plural, one {# envoi ou pièce jointe} other {# envois et pièces jointes}} avec les clés actuelles et tout ouvert une fois{unreadable, plural, =0 {} one { ; # ne s’est pas ouvert et reste tel quel} other { ; # ne se sont pas ouverts et restent tels quels}}.',
  'event.keys.rewrapped':
    'A enveloppé à nouveau {keys, plural, one {# clé} other {# clés}} avec la clé racine « {rootKey} ». Les clés racines d’avant ne servent plus.',
  'event.keys.destroyed':
    'A détruit {keys, plural, one {# ancienne clé, sous laquelle rien n’était plus scellé} other {# anciennes clés, sous lesquelles rien n’était plus scellé}}.',
  'event.keys.shredded':
    'A détruit pour toujours les clés de {submissions, plural, one {# envoi} other {# envois}} et {attachments, plural, one {# pièce jointe} other {# pièces jointes}}. Rien de cela ne s’ouvre plus ; les sauvegardes d’avant contiennent encore les clés.',
  'event.audit.broken':
    'A constaté que des entrées de ce registre manquent ou ont été modifiées dans la base de données : {entries}. Si cela ne concerne pas que tel ou tel lecteur, les envois ne s’ouvrent plus tant que ce n’est pas accepté.',
  'event.audit.mended': 'A constaté que des entrées de ce registre sont de nouveau telles qu’elles ont été écrites : {entries}.',
  'event.audit.breakAccepted':
    'A accepté, sur la ligne de commande du serveur, que ce registre ait été modifié dans la base de données ({entries}). Motif donné : {reason}',
  'event.audit.addressesForgotten':
    'A supprimé de ce registre {addresses, plural, one {# adresse depuis laquelle quelqu’un est venu} other {# adresses depuis lesquelles des personnes sont venues}} avant le {day}. Ce qui a été fait reste consigné.',
  'audit.addressGone': 'une adresse qui a été supprimée',
  'audit.answer': '« {label} »',
  'audit.itsEnd': 'sa fin la plus récente',
  'event.changed': 'Cette entrée a été modifiée et ne peut pas être lue.',
  'deed.read': 'lecture des envois par {audience}',
  'deed.published': 'lecture par {audience} de ce que des inconnus envoient à un type qui n’est pas protégé',
  'deed.changed': 'modification ou suppression des envois par {audience}',
  'deed.entered': 'saisie d’envois à la main par {audience}',
  'deed.told': 'signalement de chaque envoi à {audience}',
  'deed.copied': 'copie de ce qui n’est pas scellé des envois par {audience}',
  'deed.destroyed': 'destruction d’envois ou d’une partie d’entre eux',
  'deed.reshaped': 'changement de ce dont les envois sont faits',
  'deed.named': 'désignation et retrait de lecteurs par {audience}',
  'deed.and': ' ; ',

  'mail.arrived.subject': 'Nouvel envoi : « {label} »',
  'mail.arrived.text':
    'Un envoi est arrivé pour « {label} » ; il y en a peut-être d’autres depuis. Ce qu’il dit n’est pas dans ce message.\n\nÀ lire ici : {address}\n',
  'mail.ends.subject': 'Votre accès à « {label} » se termine le {day}',
  'mail.ends.text':
    'Vous pouvez lire les envois de « {label} » jusqu’au {day}. Si vous en avez besoin plus longtemps, demandez à {givenBy}, ou à une autre personne qui peut désigner des lecteurs, de vous désigner à nouveau.\n\n{address}\n',

  'mail.named.subject': 'Une autre personne peut lire « {label} » désormais',
  'mail.named.text':
    '{by} a permis à {names} de lire les envois de « {label} », que vous lisez aussi. Si cela vous surprend, demandez à {by}, ou regardez la page des lecteurs :\n\n{address}\n',
  'mail.asked.subject': '{names} souhaite lire « {label} »',
  'mail.asked.text':
    '{by} s’est désigné soi-même comme lecteur de « {label} ». Cela ne vaut pas tant qu’une autre personne qui peut désigner des lecteurs ne l’a pas confirmé. Demandez pourquoi, puis confirmez ou retirez :\n\n{address}\n',
  'mail.suspended.subject': 'Votre compte a été modifié : vous ne lisez plus d’envois pour l’instant',
  'mail.suspended.text':
    'L’adresse e-mail ou le mot de passe de votre compte sur {site} a été changé sans votre mot de passe actuel, ou le compte a été désactivé. Vous n’y lisez plus d’envois jusqu’à ce que quelqu’un confirme que ce compte est le vôtre.\n\nSi c’était vous, demandez à une personne qui peut désigner des lecteurs de le confirmer. Si ce n’était pas vous, prévenez-la tout de suite : quelqu’un a peut-être pris votre compte.\n',
  'mail.confirmed.subject': 'Votre compte a été confirmé : vous lisez de nouveau les envois',
  'mail.confirmed.text':
    '{by} a confirmé que votre compte sur {site} est le vôtre. Vous pouvez lire de nouveau ce pour quoi vous avez été désigné.\n\nSi vous n’avez pas modifié votre compte vous-même, prévenez tout de suite une personne qui peut désigner des lecteurs.\n',
  'mail.theOperator': 'La personne qui exploite le serveur',

  'problem.form': 'Le formulaire n’a pas été enregistré. {problems}',
  'problem.body': 'Ceci n’a pas été accepté, rien n’a été changé. {problems}',
  'problem.search': '{problem} Rien n’a été cherché.',
  'publication.notSuperAdmin':
    'Seul un super administrateur connecté peut décider que ce que des inconnus envoient est destiné au public. Rien n’a été modifié.',
  'publication.notYours':
    'Seul un super administrateur, ou quelqu’un qui peut désigner des lecteurs, peut retirer une telle décision. Rien n’a été modifié.',
  'publication.unknownType': 'Ce site n’a pas de type de ce nom qui ne soit pas protégé. Rien n’a été modifié.',
  'publication.reasonShort': 'Dites pourquoi, en au moins {min} lettres.',
  'publication.reasonLong': 'La raison a au plus {max} caractères.',
  'publication.inConfig':
    'Cette décision se trouve dans la configuration du plugin (meantToBePublic) et s’y retire. Rien n’a été modifié.',
  'publication.none': 'Il n’y a pas de telle décision. Rien n’a été modifié.',
  'form.unknown': 'Ce formulaire n’existe pas.',
  'form.slugTaken': 'Un autre formulaire, « {title} », a déjà cette adresse.',
  'form.inUse':
    '« {title} » contient {count, plural, one {# envoi} other {# envois}} et n’a donc pas été supprimé. Fermez-le plutôt : plus personne ne peut l’envoyer, et les lecteurs gardent ce qui est arrivé.',
  'form.inBin':
    '« {title} » a {count, plural, one {# envoi supprimé} other {# envois supprimés}} dans la corbeille, que l’on peut encore reprendre, et n’a donc pas été supprimé. Effacez d’abord ce qui est dans la corbeille, ou attendez que cela soit effacé.',
  'form.notCopied':
    'Pour copier un formulaire, créez-en un nouveau : deux formulaires ne peuvent pas avoir la même adresse. Rien n’a été changé.',
  'form.titleMissing': 'Un formulaire a besoin d’un titre.',
  'form.titleLong': 'Un titre a au plus {max} caractères.',
  'form.slugMissing': 'Un formulaire a besoin d’une adresse.',
  'form.slugLong': 'Une adresse a au plus {max} caractères.',
  'form.slugWrong': 'Une adresse n’a que des minuscules, des chiffres et des traits d’union isolés.',
  'form.introLong': 'L’introduction a au plus {max} caractères.',
  'form.noFields': 'Un formulaire a besoin d’au moins une question.',
  'form.manyFields': 'Un formulaire a au plus {max} questions.',
  'form.sameNames': 'Deux questions ont le même nom court.',
  'form.thankYouLong': 'Le texte de remerciement a au plus {max} caractères.',
  'form.redirectWrong': 'L’adresse où aller ensuite est un chemin comme /merci ou commence par https://.',
  'field.nameMissing': 'Chaque question a besoin d’un nom court.',
  'field.nameKept':
    'Un champ ne peut pas s’appeler « constructor » ni « prototype » : les programmes se réservent ces noms. Choisissez-en un autre.',
  'field.nameWrong': 'Un nom court commence par une minuscule et n’a que des minuscules, des chiffres et « _ ».',
  'field.labelMissing': 'Chaque question a besoin d’un texte.',
  'field.labelLong': 'Le texte d’une question a au plus {max} caractères.',
  'field.helpLong': 'Un texte d’aide a au plus {max} caractères.',
  'field.minLength': 'La plus petite longueur',
  'field.maxLength': 'La plus grande longueur',
  'field.maxBytes': 'La taille maximale d’un fichier',
  'field.maxFiles': 'Le nombre maximal de fichiers',
  'field.min': 'Le plus petit nombre',
  'field.max': 'Le plus grand nombre',
  'field.notNumber': '{what} : il faut un nombre.',
  'field.notWhole': '{what} : il faut un nombre entier.',
  'field.negative': '{what} : pas de nombre négatif.',
  'field.tooGreat': '{what} : {max} au plus.',
  'field.tooFew': '{what} : {min} au moins.',
  'field.noBytes': 'La taille maximale d’un fichier est d’au moins 1 octet.',
  'field.choiceEmpty': 'Un choix ne peut pas être vide.',
  'field.choiceLong': 'Un choix a au plus {max} caractères.',
  'field.manyChoices': 'Une question a au plus {max} choix.',
  'field.noChoices': 'Une question à choix a besoin d’au moins un choix.',
  'field.noKinds': 'Une question pour des fichiers en accepte au moins un genre.',
  'field.filesNotSearched': 'Les fichiers ne peuvent pas être recherchés.',
  'field.bounds': 'Le plus petit ne peut pas dépasser le plus grand.',
  'reader.notNamed':
    'Vous n’êtes pas désigné comme lecteur ici, rien n’a donc été ouvert. Une personne qui peut désigner des lecteurs peut vous ajouter.',
  'record.broken':
    'Le registre de ce qui s’est passé n’est plus tel qu’il a été écrit : quelqu’un a peut-être modifié la base de données. Tant que ce n’est pas éclairci, les envois ne s’ouvrent pas et aucun lecteur n’est désigné ; rien n’a été modifié. Les envois continuent d’arriver et sont conservés. La personne qui tient le serveur cherche ce qui s’est passé, puis lance « npx form-guard audit accept-break ».',
  'reader.suspended':
    'Votre e-mail ou votre mot de passe a été changé sans votre mot de passe actuel, ou votre compte a été désactivé. Vous ne lisez donc plus rien ici jusqu’à ce que quelqu’un confirme que ce compte est le vôtre ; rien n’a été ouvert. {isAlone, select, true {Personne d’autre ici ne peut désigner de lecteurs. La personne qui exploite le serveur peut confirmer sur celui-ci, avec la commande : form-guard readers confirm {email}} other {Adressez-vous à {names} : sur la page des lecteurs, cela prend deux clics.}}',
  'reader.suspendedNotNamed':
    'Personne n’a été désigné. Le compte de {person} a été modifié et ses désignations sont suspendues. Confirmez-les d’abord, sur la page des lecteurs.',
  'reader.confirmOneself':
    'Personne ne confirme son propre compte. Une autre personne qui peut désigner des lecteurs peut le faire. Rien n’a été changé.',
  'reader.confirmerSuspended':
    'Votre propre compte a été modifié et n’est pas encore confirmé : vous ne pouvez donc pas en confirmer d’autres. Une autre personne qui peut désigner des lecteurs peut le faire, ou la personne qui exploite le serveur, avec la commande : form-guard readers confirm. Rien n’a été changé.',
  'reader.confirmOff': 'Ce compte est désactivé ou bloqué. Réactivez-le d’abord, puis confirmez. Rien n’a été changé.',
  'reader.askerChanged':
    'Le compte de cette personne a été modifié ou désactivé depuis sa demande. Retirez la désignation et laissez la personne demander de nouveau. Rien n’a été changé.',
  'reader.confirmNothing': 'Il n’y a rien à confirmer pour ce lecteur. Rien n’a été changé.',
  'reader.changed': 'Ce que vous pouvez lire ici a changé entre-temps.',
  'reader.notAPerson': 'Les envois sont ouverts par des personnes qui se connectent, pas par des jetons. Rien n’a été ouvert.',
  'right.missing':
    '{isToken, select, true {Ce jeton n’a pas le droit « {right} » de Form Guard. Rien n’a été montré ni changé. Une personne qui gère les jetons d’administration peut le donner, sous Paramètres, Jetons d’administration.} other {Votre rôle n’a pas le droit « {right} » de Form Guard. Rien n’a été montré ni changé. Un super administrateur, ou une autre personne qui gère les rôles, peut le donner, sous Paramètres, Rôles, Plugins.}}',
  'delete.notAPerson':
    'Les envois sont supprimés par des personnes qui se connectent, pas par des jetons. Rien n’a été supprimé.',
  'delete.noRight':
    'Supprimer des envois demande le droit « Delete submissions that one may read », que votre rôle n’a pas. Rien n’a été supprimé. Qui gère les rôles peut le donner.',
  'delete.notAReader':
    '{deed, select, look {Seul un lecteur de toutes les réponses peut voir ce qui a été supprimé ici, et vous n’en êtes pas un. Rien n’a été montré.} takeBack {Seul un lecteur de toutes les réponses peut reprendre un envoi, et vous n’en êtes pas un ici. L’envoi reste supprimé.} erase {Seul un lecteur de toutes les réponses peut effacer un envoi pour de bon, et vous n’en êtes pas un ici. Rien n’a été effacé.} other {Seul un lecteur de toutes les réponses peut supprimer un envoi, et vous n’en êtes pas un ici. Rien n’a été supprimé.}} Une personne qui peut désigner des lecteurs peut vous ajouter.',
  'bin.notProtected': 'Ce type n’est plus protégé : l’envoi ne peut pas y être remis. Rien n’a été changé.',
  'reader.unknown': 'Ce lecteur n’existe pas. Rien n’a été changé.',
  'reader.inactive': 'L’une de ces personnes n’a pas de compte actif ici. Personne n’a été désigné.',
  'reader.noPeople': 'Choisissez au moins une personne.',
  'reader.manyPeople': 'Choisissez au plus {max} personnes à la fois.',
  'reader.noFields': 'Choisissez au moins une réponse, ou toutes.',
  'reader.endPast': 'La fin doit être une date à venir.',
  'reader.notNamedEndless': 'Personne n’a été désigné : sur ce site, toute désignation a une fin. Dites jusqu’à quand.',
  'reader.endMissing': 'Toute désignation a une fin.',
  'reader.notNamedEnd': 'Personne n’a été désigné : la fin doit être une date à venir.',
  'reader.notNamedFields': 'Personne n’a été désigné : l’une des réponses n’existe pas.',
  'source.unknown': 'Ce formulaire ou ce type protégé n’existe pas.',
  'submission.unknown': 'Cet envoi n’existe pas.',
  'submission.unknownUnchanged': 'Cet envoi n’existe pas. Rien n’a été changé.',
  'submission.notInBin':
    'Cet envoi n’est plus parmi les envois supprimés : quelqu’un l’a repris, ou il a été effacé. Rien n’a été changé maintenant.',
  'submission.noneExported': 'Cet envoi n’existe pas. Rien n’a été exporté.',
  'submission.notEdited': 'Ce que dit un envoi ne se change pas ici ({fields}). Rien n’a été enregistré.',
  'submission.notCopied': 'Un envoi ne peut pas être copié : ses valeurs sont scellées pour lui seul. Rien n’a été changé.',
  'attachment.unknown': 'Cette pièce jointe n’existe pas.',
  'search.notSearchable': 'Cette réponse ne peut pas être recherchée. Rien n’a été cherché.',
  'search.long': 'Une recherche a au plus {max} caractères.',
  'search.empty': 'Dites ce qu’il faut chercher.',
  'handling.notAReader':
    'Seule une personne qui peut lire ceci peut s’en voir confier le suivi. Désignez-la d’abord comme lecteur. Rien n’a été changé.',
  'handling.dayWrong': 'Un jour s’écrit 2026-03-09.',
  'note.notAll': 'Les notes sont pour les lecteurs de toutes les réponses, et vous n’en lisez que certaines. Rien n’a été écrit.',
  'note.many': 'Un envoi a au plus {max} notes. Rien n’a été écrit.',
  'note.empty': 'Écrivez quelque chose.',
  'note.long': 'Une note a au plus {max} caractères.',
  'export.noReason': 'Dites pourquoi ces envois quittent le système.',
  'export.reasonShort': 'La raison a au moins {min} lettres.',
  'export.reasonLong': 'La raison a au plus {max} lettres.',
  'export.none': 'Choisissez au moins un envoi.',
  'export.many': 'Choisissez au plus {max} envois, ou exportez ce qu’un filtre trouve.',
  'export.reference': 'Référence',
  'export.received': 'Reçu',
  'export.state': 'État',
  'export.workbookLong':
    'Un classeur contient au plus {max, number} envois. Exportez en CSV, ou moins d’envois à la fois. Rien n’a été exporté.',
  'export.workbookLarge':
    'Le contenu de ces envois est trop volumineux pour un seul classeur. Exportez en CSV, ou moins d’envois à la fois. Rien n’a été transmis.',
  'export.cut': '[coupé ici : trop long pour une cellule ; ouvrez l’envoi pour lire la suite]',
  'export.notOpened': '[ne s’ouvre pas]',
  'role.unknown': 'Ce rôle n’existe pas. Rien n’a été changé.',
  'role.notSuperAdmin': 'Seul un super administrateur décide de cela. Rien n’a été changé.',
  'role.changed':
    'Un autre nombre de personnes a ce rôle maintenant. Enregistrez de nouveau et regardez le nombre. Rien n’a été changé.',
  'keys.unknown': 'Ce formulaire ou ce type n’a pas de clés. Rien n’a été changé.',
  'keys.changedMeanwhile':
    'Quelqu’un d’autre a changé ces clés au même moment. Elles sont nouvelles et le reste suit ; il n’y a rien à refaire.',
  'keys.stillNeeded':
    'Les anciennes clés servent encore : {submissions, plural, one {# envoi} other {# envois}} et {attachments, plural, one {# pièce jointe} other {# pièces jointes}} sont scellés avec elles{isUnderWay, select, true {, et le travail de nouveau scellement n’est pas fini} other {}}. Rien n’a été détruit.',
  'origin.foreign':
    'Une page d’un autre site a demandé quelque chose à cette administration. La demande a été refusée : rien n’a été lu ni changé. Si cette page fait partie de votre administration, la personne qui gère le site ajoute son adresse à adminOrigins dans la configuration de Form Guard.',
  'type.notRead': 'Ces envois sont protégés par Form Guard : ils ne peuvent pas être lus ici.',
  'type.notReached': 'Ces envois sont protégés par Form Guard : ils ne peuvent être ni lus ni changés ici.',
  'type.fieldSealed':
    '« {name} » de « {label} » est scellé : rien ne peut être cherché par là. Ses lecteurs cherchent dans Form Guard.',
  'type.linkSealed':
    'Un lien vers des envois protégés est scellé : « {uid} » ne peut pas être cherché par là. Rien n’a été cherché.',
  'upload.fromVault':
    'Ce fichier contient des envois, ou une pièce jointe, que quelqu’un a sortis de Form Guard. Dans la médiathèque, tout le monde pourrait le récupérer : il n’y a donc pas été mis. Nommez plutôt lecteurs les collègues qui en ont besoin.',
  'type.noUpload':
    'Un fichier d’un envoi protégé ne va pas dans la médiathèque. Envoyez-le avec l’envoi lui-même. Rien n’a été enregistré.',
  'account.secret':
    'Les mots de passe, clés et liens des comptes sont hors d’atteinte : rien ne peut être cherché, trié ou montré par là. Rien n’a été cherché.',
  'list.rawKey':
    'Cette liste prend filters, sort, fields, populate et pagination, et aucune clé de la base de données. Rien n’a été cherché.',
  'picker.shaped':
    'Une liste de choix prend une recherche et une page ; ce qu’elle montre est fixé par le site. Rien n’a été cherché.',
  'links.ended':
    'Form Guard : {links, plural, one {# lien envoyé} other {# liens envoyés}} auparavant par e-mail (pour choisir un mot de passe, se connecter la première fois ou confirmer une adresse) ne valent plus, car qui lit la base de données aurait pu s’en servir. Demandez un nouvel e-mail sur la page de connexion. Une personne invitée qui ne s’est jamais connectée est invitée à nouveau : supprimez l’utilisateur sous Paramètres > Utilisateurs, puis créez-le de nouveau.',
};
