package workbook

import (
	"valuebook/report/dataset"
)

// eventWords are the words over columns of contracts, cohorts, verbatims and activities, of what a customer cost to win and of
// what an attribute serves (METHOD 0.1). They are looked for only where such a table is possible: elsewhere they name much else.
var eventWords = map[dataset.ColumnRole]set{
	dataset.ColumnAcquisition: setOf(words("acquisition cost,acquisition costs,customer acquisition cost,cac,cost of acquisition,akquisekosten,akquisitionskosten,kundengewinnungskosten,cout d acquisition,coste de adquisicion,coste de captacion,costo de adquisicion,costo di acquisizione,custo de aquisicao,acquisitiekosten,wervingskosten,koszt pozyskania,获客成本,获取成本,獲得コスト,顧客獲得コスト")),
	dataset.ColumnEvent:       setOf(words("event,event type,contract event,kind of event,ereignis,vertragsereignis,evenement,evento,evento de contrato,gebeurtenis,zdarzenie,事件,合同事件,イベント,契約イベント")),
	dataset.ColumnFee:         setOf(words("monthly fee,monthly price,monthly amount,mrr,fee per month,subscription fee,monthly charge,monthly charges,monatsgebuhr,monatsbeitrag,monatspreis,grundgebuhr,frais mensuels,redevance mensuelle,abonnement mensuel,cuota mensual,tarifa mensual,canone mensile,quota mensile,mensalidade,taxa mensal,maandbedrag,maandtarief,abonnementsprijs,oplata miesieczna,abonament,月费,月租费,月額,月額料金")),
	dataset.ColumnCohort:      setOf(words("cohort,cohorts,cohort month,cohort year,acquisition cohort,acquisition month,signup month,joined in,kohorte,kohorten,cohorte,cohortes,coorte,coorti,coorte,cohort maand,kohorta,同期群,群组,コホート")),
	dataset.ColumnSurvivors:   setOf(words("survivors,surviving,survived,still active,active,active customers,retained,retained customers,retention,retention rate,survival,customers left,remaining,customers,share alive,uberlebende,aktive kunden,verbleibende,verblieben,bindungsrate,survivants,clients actifs,clients restants,retenus,sobrevivientes,clientes activos,retenidos,retencion,sopravvissuti,clienti attivi,rimasti,sobreviventes,clientes ativos,retidos,overlevenden,actieve klanten,resterend,pozostali,aktywni klienci,留存,留存人数,留存率,生存者,継続者,継続率,残存数")),
	dataset.ColumnText:        setOf(words("text,comment,comments,verbatim,verbatims,feedback,remark,remarks,quote,what they said,customer comment,customer comments,open answer,free text,statement,kommentar,kommentare,bemerkung,bemerkungen,anmerkung,zitat,freitext,offene antwort,commentaire,commentaires,remarque,citation,verbatim client,comentario,comentarios,observaciones,opinion,commento,commenti,osservazioni,osservazione,observacoes,opiniao,opmerking,opmerkingen,toelichting,komentarz,komentarze,uwagi,wypowiedz,评论,评价内容,意见,留言,反馈,コメント,感想,自由回答,ご意見")),
	dataset.ColumnTone:        setOf(words("tone,sentiment,polarity,mood,stimmung,tonalitat,tonalite,sentiment client,tono,sentimiento,sentimento,tom,toon,ton,nastroj,情感,情感倾向,语气,感情,トーン")),
	dataset.ColumnStep:        setOf(words("step,activity,activities,task,process step,action,touchpoint,schritt,prozessschritt,aktivitat,tatigkeit,aufgabe,etape,activite,tache,paso,actividad,tarea,passo,attivita,fase,etapa,atividade,tarefa,stap,activiteit,taak,krok,czynnosc,zadanie,步骤,活动,任务,工序,ステップ,活動,作業,工程")),
	dataset.ColumnProcess:     setOf(words("process,value process,process name,prozess,processus,proceso,processo,proces,流程,过程,プロセス,業務")),
	dataset.ColumnMinutes:     setOf(words("minutes,min,mins,duration,duration min,duration minutes,time min,time minutes,minuten,dauer,dauer min,zeit min,duree,duree min,minutos,duracion,minuti,durata,duracao,duur,minuty,czas trwania,czas min,分钟,时长,分,所要時間,所要分")),
	dataset.ColumnAdds:        setOf(words("adds value,value adding,value added,value add,adds value y n,va,wertschopfend,wertschopfung,schafft wert,valeur ajoutee,cree de la valeur,ajoute de la valeur,agrega valor,anade valor,valor anadido,aggiunge valore,valore aggiunto,valor agregado,acrescenta valor,voegt waarde toe,waardetoevoegend,dodaje wartosc,增值,是否增值,价值增加,付加価値,価値を生む")),
	dataset.ColumnNeed:        setOf(words("need,needs,customer need,job to be done,bedurfnis,bedarf,kundenbedurfnis,besoin,besoin du client,necesidad,necesidad del cliente,bisogno,bisogno del cliente,necessidade,behoefte,klantbehoefte,potrzeba,需求,客户需求,ニーズ")),
	dataset.ColumnKind:        setOf(words("kind,job pain gain,pain or gain,jpg,art,type")),
}

// Words for events in contracts, for tones and for jobs, pains and gains.
var (
	startEvents  = stemsOf("start,begin,began,new,sign,join,activat,subscri,open,acqui,beginn,abschluss,neu,aktiviert,debut,souscri,nouveau,inicio,alta,nuevo,inizio,attivaz,nuov,inicio,adesao,novo,aanvang,nieuw,rozpocz,nowy,开始,签约,新签,开通,新增,開始,契約,新規,加入")
	churnEvents  = stemsOf("churn,end,cancel,terminat,left,lost,lapse,close,stop,unsubscri,kundig,ende,abgang,verloren,resili,fin,depart,perdu,baja,cancelac,perdid,fine,disdett,recess,pers,rescis,saida,perda,opzeg,einde,beeindig,verloren,rozwiaz,koniec,rezygn,odejsc,流失,终止,解约,退订,取消,結束,終了,解約,退会,離脱")
	changeEvents = stemsOf("chang,upgrad,downgrad,renew,modif,adjust,price,expan,contract,anderung,erhohung,verlanger,wechsel,changement,renouvel,avenant,cambio,renovac,ampliac,modific,rinnov,variaz,alterac,renovac,wijzig,verleng,zmian,przedluz,变更,升级,降级,续约,続約,変更,更新")

	praiseWords    = setOf(words("1,+,+1,positive,pos,praise,good,happy,promoter,positiv,lob,gut,positif,favorable,eloge,positivo,elogio,bueno,lode,buono,bom,positief,lof,goed,pozytywny,pochwala,正面,积极,好评,表扬,ポジティブ,肯定,称賛"))
	neutralWords   = setOf(words("0,neutral,mixed,none,passive,neutre,neutro,neutrale,neutraal,neutralny,中性,中立,ニュートラル"))
	complaintWords = setOf(words("negative,neg,complaint,bad,unhappy,detractor,negativ,beschwerde,kritik,schlecht,negatif,plainte,negativo,queja,malo,reclamo,lamentela,cattivo,reclamacao,ruim,negatief,klacht,slecht,negatywny,skarga,负面,消极,差评,投诉,抱怨,ネガティブ,否定,苦情,不満"))

	attributeKinds = map[string]set{
		"job":  setOf(words("job,jobs,task,aufgabe,tache,tarea,compito,tarefa,taak,zadanie,任务,仕事,ジョブ")),
		"pain": setOf(words("pain,pains,schmerz,problem,probleme,douleur,dolor,frustracion,dolore,dor,pijn,bol,痛点,ペイン,悩み")),
		"gain": setOf(words("gain,gains,gewinn,nutzen,profit,benefice,ganancia,beneficio,guadagno,vantaggio,ganho,winst,korzysc,收益,利得,ゲイン")),
	}
)

// eventRole reports whether a column's header is one of the words for a role.
func (c *column) eventRole(role dataset.ColumnRole) bool {
	form := headerForm(c.head.label)
	return eventWords[role][form] || eventWords[role][writtenOut(form)] || eventWords[role][withoutUnits(form)]
}

// event returns the first free column with a header for a role and cells that fit, nil without one.
func (t *table) event(role dataset.ColumnRole, fits func(*column) bool) *column {
	for _, c := range t.columns {
		if c.role == "" && c.eventRole(role) && (c.stats.empty() || fits == nil || fits(c)) {
			return c
		}
	}
	return nil
}

func numericColumn(c *column) bool { return c.stats.numeric() }
func textColumn(c *column) bool    { return c.stats.textual() }

// is gives a column a role by its header; nil is left alone.
func (c *column) is(role dataset.ColumnRole) {
	if c != nil {
		c.role, c.why = role, whyHeader
	}
}
