import type { Heads, Qualifiers } from './phrases.ts'

const adjective = '(?:deep|deepest|grave|gravest|great|greatest|serious|particular|profound|strong|firm|full|continued|continuing|renewed|utmost|extreme|special|increasing|unwavering|unequivocal|steadfast|sincere|very serious|very deep|strong and unequivocal|previous|urgent)'
const feeling = '(?:concern|concerns|appreciation|satisfaction|regret|alarm|distress|indignation|gratitude|interest|approval|encouragement|outrage|sympathy|solidarity|support|hope)'
const stance = '(?:commitment|commitments|determination|conviction|belief|condemnation|intention|intent|readiness|willingness|resolve|expectation|respect|recognition|endorsement|request|requests|calls?(?: upon| on| for)?|appeal|appeals|invitation|demand|demands|opposition|approval|encouragement|abhorrence|commendation)'

/** Heads that may take "its deep concern", "support" as part of the opening phrase; "Recalling its decision" does not. */
const stating = (verbs: string): string =>
  `(?:${verbs})(?:\\s+(?:also|further|again|once again))?\\s+(?:its\\s+)?(?:${adjective}\\s+){0,2}(?:${feeling}|${stance})(?:\\s+and\\s+(?:${feeling}|support|encouragement))?`

export const enHeads: Heads = {
  before: [
    'also', 'further', 'again', 'once again', 'strongly', 'deeply', 'firmly', 'fully', 'gravely', 'seriously', 'profoundly',
    'particularly', 'extremely', 'unequivocally', 'greatly', 'being', 'remaining', 'remains', 'in this regard',
    'continues to', 'continuing to', 'still',
  ],
  pp: [
    stating('expressing|reiterating|reaffirming|renewing|affirming|confirming|stressing|underlining|sharing the'),
    'acknowledging', 'acting', 'affirming', 'agreeing', 'aiming', 'alarmed', 'anticipating', 'appalled', 'applauding', 'appreciating',
    'asserting', 'aware', 'bearing in mind', 'bearing', 'believing', 'calling upon', 'calling on', 'calling for', 'calling attention',
    'calling', 'celebrating', 'cognizant', 'commemorating', 'commending', 'committed', 'concerned', 'concurring', 'condemning', 'confident',
    'confirming', 'congratulating', 'conscious', 'considering', 'continuing', 'convinced', 'declaring', 'demanding', 'deploring', 'desiring',
    'desirous', 'determined', 'determining', 'disappointed', 'distressed', 'disturbed', 'echoing', 'emphasizing', 'emphasising',
    'encouraged', 'encouraging', 'endorsing', 'expressing', 'extolling', 'giving due consideration', 'guided', 'highlighting', 'honouring',
    'inspired', 'inviting', 'looking forward', 'looking', 'marking', 'mindful', 'mourning', 'noting', 'observing', 'paying tribute', 'pledging', 'praising',
    'proceeding', 'reaffirming', 'realizing', 'recalling', 'recognizing', 'recognising', 'recommitting', 'reconfirming', 'referring', 'regretting',
    'reiterating', 'rejecting', 'remaining', 'reminding', 'renewing', 'requesting', 'resolved', 'resolving', 'responding', 'seeking', 'sharing',
    'stressing', 'striving', 'supporting', 'taking into account', 'taking into consideration', 'taking note', 'taking full note', 'taking due note',
    'taking further note', 'taking', 'thanking', 'trusting', 'underlining', 'underscoring', 'understanding', 'urging', 'welcoming', 'willing', 'wishing',
    'having(?:\\s+(?:also|further))?\\s+(?:considered|examined|reviewed|received|regard|taken note|heard|listened|noted|conducted|adopted|decided|met|studied|discussed)',
  ],
  op: [
    stating('expresses|reiterates|reaffirms|renews|affirms|confirms|stresses|underlines|underscores|emphasizes|declares'),
    '(?:recalls|reaffirms|reiterates) its request', 'pledges its continued support', 'gives its full support',
    'acknowledges', 'adopts', 'affirms', 'agrees', 'anticipates', 'appeals', 'applauds', 'appoints', 'appreciates', 'appropriates', 'approves', 'asks',
    'asserts', 'authorizes', 'authorises', 'bears in mind', 'brings to the attention', 'calls once again upon', 'calls once again for', 'calls also upon',
    'calls again upon', 'calls upon', 'calls on', 'calls for', 'calls attention', 'calls', 'clarifies', 'commends', 'commits', 'concurs', 'condemns', 'confirms',
    'congratulates', 'concerned', 'considers', 'continues', 'decides', 'declares', 'demands', 'denounces', 'deplores', 'designates', 'determines', 'directs',
    'draws the attention', 'draws attention', 'draws', 'elects', 'emphasizes', 'emphasises', 'encourages', 'endorses', 'establishes', 'exhorts', 'expects', 'expresses the hope',
    'expresses', 'extends', 'greets', 'highlights', 'insists', 'invites', 'looks forward', 'maintains', 'notes', 'pays tribute', 'proclaims', 'proposes', 'raises awareness',
    'reaffirms', 're-emphasizes', 'realizes', 'recalls', 'recognizes', 'recognises', 'recommends', 'recommits', 'reconfirms', 'refers', 'regrets', 'reiterates',
    'rejects', 'remains', 'reminds', 'renews', 'requests', 'requires', 'resolves', 'respects', 'revises', 'states', 'stresses', 'strives', 'suggests', 'supports',
    'takes full note', 'takes into account', 'takes note', 'takes', 'terminates', 'thanks', 'underlines', 'underscores', 'understands', 'undertakes', 'urges', 'values',
    'welcomes', 'encourage', 'express', 'objects', 'urge', 'welcome', 'recommit', 'condemn', 'acknowledge', 'stress',
  ],
}

const shared = [
  'also', 'again', 'anew', 'once again', 'once more', 'equally', 'specifically', 'especially', 'strongly', 'firmly', 'unequivocally',
  'in particular', 'in this regard', 'in the strongest terms', 'in the strongest possible terms', 'without reservation', 'with alarm',
  `with\\s+(?:${adjective}\\s+){0,2}${feeling}(?:\\s+and\\s+${feeling})?`,
]

/** After a verb in the present, "further" is an adverb only before these words: in "Welcomes further briefings" it is not. */
const furtherThat = 'further(?=\\s+(?:that|to|the|its|with|grave|deep|serious|concern)(?!\\p{L})|$)'

export const enQualifiers: Qualifiers = { pp: [...shared, 'further'], op: [...shared, furtherThat] }
