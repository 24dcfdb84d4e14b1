"""Words by which people describe what a model is to do, with how much each says."""

TASKS: tuple[tuple[str, float, str], ...] = (
    # llm_rag
    (
        "llm_rag",
        4,
        (
            r"chat with (?:\w+ ){0,3}(?:docs|documents|documentation|manuals|data|pdfs?)|"
            r"rag|retrieval[- ]augmented|chat-?bots?|chat assistant|conversational assistant|virtual "
            r"assistant|knowledge[- ]base|question[- ]answering|q&a (?:bot|assistant|system)|"
            r"wissensdatenbank|base de conocimiento|base de connaissances|asistente (?:virtual|"
            r"conversacional)|assistant conversationnel|chat-?assistent\w*"
        ),
    ),
    (
        "llm_rag",
        3,
        (
            r"(?:copilot|assistant|bot|agent) (?:that|which|to|for|who)|answers? (?:\w+'?s?'? "
            r"){0,3}questions|llms?|gpt-?\d?|large language models?|generative ai|genai|ask "
            r"(?:questions|our documents)|semantic search over"
        ),
    ),
    (
        "llm_rag",
        2,
        (
            r"(?:cites?|citing|links? to) (?:the |its )?(?:source|passage)s?|embeddings?|vector "
            r"(?:store|database|db)|prompts?|language model"
        ),
    ),
    # recommendation
    (
        "recommendation",
        4,
        (
            r"recommend(?:er|ation|ations|ing)?(?: (?:system|engine))?|recommends?|recs|recsys|"
            r"empfehl\w+|recomend\w+|recomiend\w+|recommand\w+|people also bought|you may also like|"
            r"personali[sz]ed (?:feed|offers?|content|suggestions?|home)|next[- ]best[- ](?:offer|"
            r"product|action)|similar (?:items|products)|personalizad\w+|cross-?sell\w*|up-?sell\w*"
        ),
    ),
    ("recommendation", 2, r"personali[sz]\w+|suggest (?:products|items|articles|songs|movies|shows|books)"),
    # ranking
    (
        "ranking",
        4,
        (
            r"(?:order|sort)s? (?:the |our |all )?\w+ (?:\w+ ){0,4}by (?:expected|predicted|estimated|"
            r"probability|likelihood|score)|"
            r"(?:re-?)?rank(?:ed|s|ing|er)?|learning[- ]to[- ]rank|ltr|search (?:results|relevance|"
            r"ranking)|sort (?:the )?(?:results|"
            r"listings|candidates|search)|suchergebnisse|resultados de busqueda|resultats de "
            r"recherche|ordenar (?:los )?resultados|classement|reihenfolge der (?:treffer|ergebnisse)"
        ),
    ),
    (
        "ranking",
        2,
        (
            r"(?:odds|probability) of (?:a |the )?clicks?|"
            r"click-?through|ctr|relevance|candidates"
        ),
    ),
    # forecasting
    (
        "forecasting",
        4,
        (
            r"forecast\w*|fcst|demand (?:planning|prediction|model)|time[- ]series|predict (?:\w+ "
            r"){0,3}(?:demand|sales|load|consumption|traffic|volume|occupancy|inventory|stock)|load "
            r"of the (?:coming|next)|(?:demand|sales|load|consumption|occupancy|staffing needs?|"
            r"inventory|volume|call volume) (?:for|of|over|in) the (?:next|coming|following)|"
            r"prognose\w*|absatz\w*|nachfrage\w*|pronostic\w*|prever la demanda|prevoir|prevoyons|"
            r"prevision\w*|previs\w+|demanda (?:futura|de)|pronostiqu\w*|nowcast\w*"
        ),
    ),
    (
        "forecasting",
        3,
        (
            r"(?:next|coming|following) (?:\d+|two|three|four|six|seven|twelve|24) (?:hours|days|"
            r"weeks|months)|(?:days|hours|weeks) (?:out|ahead)|how (?:many|much) (?:\w+ "
            r"){0,10}(?:tomorrow|next (?:day|week|month|hour))|tomorrow's (?:demand|load|sales|"
            r"production)"
        ),
    ),
    # anomaly
    (
        "anomaly",
        4,
        (
            r"anomal\w+|outliers?|odd behaviou?r|behav(?:es?|ing) (?:weird|strange|odd|different)\w*|"
            r"unusual (?:behaviou?r|patterns?|activity|readings?|traffic|values)|abnormal\w*|"
            r"intrusion\w*|unsupervised|(?:learn|know|knows) what (?:is )?normal|"
            r"novelty detection|detect (?:\w+ ){0,2}(?:deviations?|drift|leaks?)|anomalie\w*|"
            r"auffallig\w*|ungewohnlich\w*|abweichung\w*|inusual\w*|inhabituel\w*|no (?:usable "
            r")?labels|strange (?:patterns?|behaviou?r)"
        ),
    ),
    # vision
    (
        "vision",
        4,
        (
            r"computer vision|segmentation|object detection|detect (?:\w+ ){0,3}(?:in|on|from) (?:the "
            r"|our )?(?:images?|photos?|videos?|camera|frames|pictures|x-?rays?|scans)|(?:images?|"
            r"photos?|pictures?|x-?rays?|mri|scans) classif\w+|visual inspection|optical inspection|"
            r"surface (?:inspection|defects?)|camera\w*|kamera\w*|camaras?|x-?rays?|"
            r"radiolog\w+|mri|ct scans|bildverarbeitung|bilderkennung|vision artificial|vision par "
            r"ordinateur|number ?plates?|license plates?|face recognition|satellite images?|drone "
            r"(?:images?|footage)|pixel\w*|video analy\w+|yolo|cctv"
        ),
    ),
    (
        "vision",
        2,
        (
            r"images?|photos?|pictures?|videos?|cracks?|defects?|scratches|bilder|fotos?|imagenes|"
            r"imagen|bildern|ocr|video frames?"
        ),
    ),
    # nlp
    (
        "nlp",
        4,
        (
            r"nlp|named entit\w+|entity extraction|extract (?:\w+[, ]+){1,6}from (?:\w+ "
            r"){0,4}(?:contracts?|documents?|text|e?mails?|letters|invoices?|reports?|pdfs?|notes|"
            r"filings|cvs|resumes)|summari[sz]\w+|zusammenfass\w*|resum(?:ir|en)\w*|translat\w+|"
            r"ubersetz\w*|traduc\w+|traduire|sentiment\w*|stimmung\w*|transcri\w+|speech[- ]to[- "
            r"]text|topic model\w*|text mining|spracherkennung|key ?phrases?|parse (?:\w+ "
            r"){0,3}(?:contracts|invoices|cvs|resumes|documents)|redact\w*|keyword extraction|extraer|"
            r"extraire|textanalyse"
        ),
    ),
    ("nlp", 1.5, r"free[- ]?text|texts?|emails?|tone of"),
    # classification
    (
        "classification",
        4,
        (
            r"fraud\w*|betrug\w*|fraude\w*|churn\w*|loan (?:applications?|approvals?)|"
            r"kundigungswahrscheinlich\w*|abwander\w*|spam|phishing|classif(?!ied (?:as "
            r")?[\"']?(?:conf|restr|intern|sens|publ|secret))\w+|klassifi\w+|clasific\w+|"
            r"categori[sz]\w+|kategor\w+|categor\w+|no-?shows?|credit (?:risk|scor\w+|default)|"
            r"scorecard|defaults? (?:within|in|on)|probability (?:that|of)|likelihood|chance (?:that|"
            r"of)|odds (?:that|of) (?!a click)|how likely|most likely to|will be broken|gets? broken|"
            r"before (?:it|they) (?:breaks?|fails?)|predict (?:which|whether|who|"
            r"if)|(?:which|whether) (?:\w+ ){1,4}(?:will|are going to|is going to|would)|drop(?:s|"
            r"ping)? out|drop-?outs?|likely to (?:\w+ )?(?:cancel|leave|churn|default|fail|buy|"
            r"convert|miss|return|break|click|open)|wahrscheinlichkeit|probabilidad|probabilite|"
            r"triage|urgency|priority (?:class|level)|suspicious|verdachtig\w*|sospechos\w*|"
            r"suspect\w*|lead scor\w+|propensity|content moderation|moderat\w+|toxic\w*|hate speech|"
            r"sort(?:ed|s)? (?:\w+ ){0,3}(?:by|into) (?:\w+ )?(?:type|category|categories|topic|"
            r"department|classes|matter|kind)|assign(?:s|ed)? (?:\w+ ){0,5}(?:category|categories|"
            r"label|labels|class|queue|code)|rout(?:e|es|ed|ing) (?:\w+ ){0,4}(?:tickets?|e?mails?|"
            r"cases|requests|messages|claims) to|zuordn\w*|zuzuordnen|predictive maintenance|break "
            r"?downs?|break down|fail(?:ure)?s? (?:in|within) the (?:next|coming)|risk scor\w+|"
            r"readmission|attrition|default risk|impago|morosidad|bajas de clientes|desercion|defaut "
            r"de paiement|attrition|resiliation|diagnos\w+|intent (?:detection|recognition)|approve "
            r"or (?:decline|reject)|accept or reject|chargeback\w*|money laundering|aml|blanchiment|"
            r"blanqueo|geldwasche|verdict|account takeover|bots? detection|fake (?:reviews?|accounts?|"
            r"listings?)|duplicate detection|will (?:cancel|churn|default|buy|convert|fail|break)"
        ),
    ),
    ("classification", 2, r"flag\w*|labels?|yes or no|detect\w*|risk|decide on|cancel\w*|malware|approve\w*"),
    # regression
    (
        "regression",
        4,
        (
            r"regress\w+|(?:dynamic|optimal) pric\w+|pric(?:e|es|ing) (?:\w+ ){0,4}(?:is|are) (?:set|"
            r"predicted|estimated|calculated)|(?:estimat\w*|predict\w*|apprais\w*|model|suggest|set) "
            r"(?:\w+ ){0,5}(?:price|prices|value|cost|costs|duration|time|rent|weight|lifetime value|"
            r"ltv|clv|yield|consumption|salary|amount|energy|fare|temperature|quality|strength)|"
            r"arrival[- ]time\w*|etas?|estimated time of arrival|delivery time\w*|travel time\w*|time "
            r"to (?:delivery|arrival|failure)|remaining useful life|rul|lifetime value|ltv|clv|"
            r"valuation|preisgestaltung|preisvorhersage|precio dinamico|precios dinamicos|tarifa|"
            r"tarification|prix dynamique\w*|dynamische\w* preis\w*|ankunftszeit\w*|tiempo de "
            r"(?:llegada|entrega)|temps (?:d'arrivee|de livraison)|minutes until|how long (?:\w+ "
            r"){0,5}(?:take|last|until)|how much (?:\w+ ){0,4}(?:worth|cost|sell)|house prices|"
            r"fares? (?:engine|model|prediction)|price of a \w+|delay minutes|surge pric\w+|"
            r"valor(?:ar|acion) (?:de "
            r")?(?:viviendas|inmuebles)|estimer le prix|prix de"
        ),
    ),
    ("regression", 2, r"pric(?:e|es|ing)|fares?|estimate|precio\w*|preise?|prix"),
    # other
    (
        "other",
        3,
        (
            r"reinforcement learning|clustering|customer segments?|segment (?:our |the )?customers|"
            r"causal\w*|uplift|route optimi[sz]ation|simulat\w+|graph neural|generate (?:images|music|"
            r"code|designs)|image generation|text-to-(?:image|video)|speech synthesis|text-to-speech|"
            r"matching problem|bandits?|entity resolution|record linkage"
        ),
    ),
)
"""Task, weight of a mention, words. Mentions of one entry count once."""

WANTS_ML: tuple[tuple[float, str], ...] = (
    (
        3,
        (
            r"ml|mlops|machine[- ]learning|deep learning|ai|artificial intelligence|ki|kunstliche "
            r"intelligenz|maschinelles lernen|inteligencia artificial|aprendizaje automatico|"
            r"intelligence artificielle|apprentissage automatique|ia|data science|neural net\w*|"
            r"predictive|xgboost|lightgbm|catboost|pytorch|tensorflow|scikit-learn|sklearn|"
            r"transformers?|bert|vit|embeddings?|llms?|(?:batch|online|real-time|realtime|model) "
            r"scoring|sagemaker|vertex ai|mlflow|feature store|inference|learns? again|re-?train\w*|"
            r"nachtrain\w*|"
            r"re-?entren\w*|re-?entrain\w*"
        ),
    ),
    (
        2,
        (
            r"(?<!business )(?<!role )(?<!operating )models?(?! (?:year|railway|train|number|kit))|"
            r"modelo|modell|modele|predict\w*|vorhersag\w*|predec\w+|predi(?:re|ction\w*)|scor(?:e|es|"
            r"ed|ing)|train(?:ed|ing)? (?:the |a |our |it )|training (?:jobs?|data|set)|learns? "
            r"(?:from|what|to)|labels|algorithm\w*|features?\b"
        ),
    ),
)
"""Words that say machine learning is wanted without saying for what."""

SYSTEM_WORDS: tuple[tuple[float, str], ...] = (
    (
        1.5,
        (
            r"latency|throughput|rps|qps|tps|p9[059]|\d+\s?ms|requests?/s|api|gdpr|dsgvo|rgpd|hipaa|"
            r"pci[- ]?dss|soc ?2|uptime|serverless|kubernetes|k8s|gpus?|aws|azure|gcp|google cloud|"
            r"terraform|kafka|data ?lake|endpoints?|servers?|hosted|hosting|availability|"
            r"verfugbarkeit|disponibilidad|disponibilite|data ?set|software|system|platform|app"
        ),
    ),
)
"""Words of running software; alone they make no machine-learning brief."""
