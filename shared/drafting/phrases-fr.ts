import type { Heads, Qualifiers } from './phrases.ts'

const adjective = '(?:profonde?|vive|grande|grave|sérieuse|extrême|certaine|ferme|sincère|plein|pleine|vifs?|constante)'
const feeling = '(?:préoccupation|inquiétude|satisfaction|gratitude|reconnaissance|regret|intérêt|appui|soutien|solidarité|compassion|indignation|approbation|adhésion|attachement|engagement|volonté|intention|conviction|espoir|appel|demande|invitation|remerciements|condamnation|détermination|consternation)'
const again = '(?:de nouveau|à nouveau|une fois de plus|une fois encore|une nouvelle fois|également|en outre|toujours|par ailleurs|de même)'
const state = '(?:préoccupée?|inquiète?|alarmée?|convaincue?|résolue?|déterminée?|troublée?|consternée?|disposée?|opposée?|satisfaite?)'
const degree = '(?:profondément|vivement|gravement|fermement|particulièrement|extrêmement|sérieusement|très)'

const stating = (verbs: string): string =>
  `(?:${verbs})(?:\\s+${again})?\\s+(?:sa|son|ses|la|l’)\\s?(?:${adjective}\\s+)?${feeling}(?:\\s+(?:énergique|résolue?|indéfectible|profonde?))?`
const declaring = (verb: string): string => `${verb}(?:\\s+${again}){0,2}(?:\\s+${degree}){0,2}\\s+${state}`

export const frHeads: Heads = {
  before: ['profondément', 'vivement', 'gravement', 'fermement', 'particulièrement', 'extrêmement', 'toujours', 'sérieusement'],
  pp: [
    stating('exprimant|réaffirmant|réitérant|renouvelant|redisant|confirmant|affirmant|rappelant|soulignant'),
    declaring('se déclarant'), declaring('demeurant'), declaring('restant'), declaring('se disant'), 'réaffirmant qu’elle est résolue',
    'accueillant(?:\\s+avec (?:satisfaction|intérêt)|\\s+favorablement)', 'affirmant', 'agissant', 'alarmée?', 'appelant l’attention', 'appelant', 'approuvant', 'appuyant',
    'attendant avec (?:intérêt|impatience)', 'attendant', 'ayant(?:\\s+(?:également|en outre))?\\s+(?:examiné|à l’esprit|reçu|écouté|noté|entendu|étudié|adopté)', 'célébrant', 'commémorant', 'comptant', 'condamnant', 'confirmant',
    'consciente?', 'considérant', 'constatant', 'consternée?', 'convaincue?', 'décidée?', 'demandant', 'déplorant', 'désireuse|désireux', 'déterminée?', 'encouragée?', 'encourageant', 'engageant',
    'enjoignant', 'épaulant', 'estimant', 'exhortant', 'exigeant', 'exprimant', 'faisant siennes?', 'faisant siens?', 'favorable', 'félicitant', 'gardant à l’esprit', 'guidée?', 'honorant',
    'insistant', 'invitant', 'jugeant', 'lançant un appel', 'louant', 'notant', 'observant', 'partant', 'persuadée?', 'prenant acte', 'prenant note', 'prenant en considération', 'prenant (?:également|en outre|bonne|dûment) (?:note|acte)', 'prenant',
    'préoccupée?', 'rappelant', 'réaffirmant', 'redisant', 'regrettant', 'réitérant', 'rejetant', 'relayant', 'remerciant', 'rendant hommage', 'renouvelant', 'répondant', 'résolue?', 'restant', 'sachant gré', 'sachant',
    'saluant', 's’associant', 'se déclarant', 's’engageant', 's’inquiétant', 's’inspirant', 'se félicitant', 'se référant', 'se préoccupant', 'souhaitant', 'soulignant', 'soutenant', 'tenant compte', 'tenant dûment compte', 'troublée?',
  ],
  op: [
    stating('exprime|réaffirme|réitère|renouvelle|redit|confirme|affirme|souligne'),
    declaring('se déclare'), declaring('se dit'), declaring('demeure'), declaring('reste'),
    'accueille avec (?:une profonde |la plus grande )?(?:satisfaction|gratitude)', 'accueille favorablement', 'adopte', 'affirme', 'appelle l’attention', 'appelle', 'apprécie', 'approuve', 'appuie', 'attend (?:également )?avec intérêt', 'attire l’attention', 'autorise', 'charge',
    'condamne', 'confirme', 'considère', 'constate', 'continue d’(?:encourager|appuyer)', 'continue', 'convient', 'décide', 'déclare', 'demande', 'demeure', 'dénonce', 'déplore', 'désapprouve', 'donne pour instruction',
    'encourage', 'engage', 'enjoint', 'entend', 'espère', 'est consciente?', 'estime', 'exhorte', 'exige', 'exprime l’espoir', 'exprime', 'fait (?:(?:de|à) nouveau )?(?:siennes?|siens?)', 'garde à l’esprit', 'institue', 'établit', 'renvoie', 'suggère', 'compte', 'félicite', 'insiste', 'invite', 'juge', 'lance un appel(?: pressant)?',
    'maintient', 'met (?:de nouveau )?l’accent', 'note', 'ouvre', 'précise', 'préconise', 'prend acte', 'prend note', 'prend (?:également|en outre|bonne|dûment) (?:note|acte)', 'prend en considération', 'prie', 'proclame', 'prolonge', 'proroge', 'rappelle', 'réaffirme', 'recommande', 'redit', 'regrette',
    'réitère', 'rejette', 'remercie', 'rend hommage', 'renouvelle', 'respecte', 's’alarme', 's’associe', 's’élève', 's’engage', 's’inquiète', 'sait gré', 'salue', 'se déclare', 'se félicite', 'souligne', 'souscrit', 'soutient',
    'souhaite', 'propose', 'reconnaît', 'conclut', 'nomme', 'crée', 'désigne',
  ],
}

const shared = [
  'également', 'en outre', 'de nouveau', 'à nouveau', 'une fois de plus', 'une fois encore', 'une nouvelle fois', 'encore une fois', 'de même', 'par ailleurs', 'instamment',
  'fermement', 'énergiquement', 'vivement', 'profondément', 'fortement', 'pleinement', 'chaleureusement', 'sincèrement', 'à cet égard', 'à ce propos', 'en particulier', 'tout particulièrement',
  'sans équivoque', 'sans réserve', 'avec force', 'avec insistance', 'avec la plus grande fermeté', 'avec conviction', 'dans les termes les plus (?:énergiques|vigoureux|forts)',
  `avec\\s+(?:une?\\s+|beaucoup d’)?(?:${adjective}\\s+)?${feeling}(?:\\s+(?:croissante|particulière))?(?:\\s+et\\s+${feeling})?`,
]

export const frQualifiers: Qualifiers = { pp: shared, op: shared }
