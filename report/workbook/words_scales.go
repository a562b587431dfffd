package workbook

import "strings"

// A wordScale is a known scale of words, lowest first; every level has its words in ten languages.
type wordScale struct {
	group  string
	good   bool // a high level is good of whatever is rated, be it a benefit or a cost
	levels []set
}

// wordScales are the known scales. Of those of one group the first that holds all words of a table counts.
var wordScales = []wordScale{
	scaleOfWords("agreement", false,
		"strongly disagree,completely disagree,totally disagree,fully disagree,disagree strongly,disagree completely,stimme uberhaupt nicht zu,stimme gar nicht zu,trifft uberhaupt nicht zu,trifft gar nicht zu,pas du tout d accord,tout a fait en desaccord,totalmente en desacuerdo,muy en desacuerdo,completamente in disaccordo,fortemente in disaccordo,per niente d accordo,discordo totalmente,discordo fortemente,discordo completamente,helemaal mee oneens,zeer mee oneens,sterk mee oneens,zdecydowanie sie nie zgadzam,zdecydowanie nie,非常不同意,完全不同意,强烈不同意,全くそう思わない,まったくそう思わない,全く同意しない",
		"disagree,somewhat disagree,tend to disagree,stimme nicht zu,stimme eher nicht zu,trifft nicht zu,trifft eher nicht zu,pas d accord,plutot pas d accord,en desaccord,en desacuerdo,algo en desacuerdo,in disaccordo,poco d accordo,discordo,discordo parcialmente,mee oneens,oneens,nie zgadzam sie,raczej sie nie zgadzam,raczej nie,不同意,そう思わない,あまりそう思わない,同意しない",
		"neutral,neither agree nor disagree,neither,undecided,teils teils,weder noch,unentschieden,neutre,ni d accord ni pas d accord,ni en accord ni en desaccord,sans opinion,ni de acuerdo ni en desacuerdo,indiferente,neutrale,ne d accordo ne in disaccordo,indifferente,neutro,nem concordo nem discordo,neutraal,niet mee eens niet mee oneens,noch mee eens noch mee oneens,ani tak ani nie,neutralnie,trudno powiedziec,中立,一般,不确定,どちらともいえない,どちらとも言えない,どちらでもない",
		"agree,somewhat agree,tend to agree,stimme zu,stimme eher zu,trifft zu,trifft eher zu,d accord,plutot d accord,de acuerdo,algo de acuerdo,d accordo,abbastanza d accordo,concordo,concordo parcialmente,mee eens,eens,zgadzam sie,raczej sie zgadzam,raczej tak,同意,そう思う,ややそう思う,同意する",
		"strongly agree,completely agree,totally agree,fully agree,agree strongly,agree completely,stimme voll zu,stimme voll und ganz zu,stimme vollig zu,trifft voll zu,trifft voll und ganz zu,trifft vollig zu,tout a fait d accord,totalmente de acuerdo,muy de acuerdo,completamente d accordo,fortemente d accordo,molto d accordo,concordo totalmente,concordo fortemente,concordo completamente,helemaal mee eens,zeer mee eens,sterk mee eens,zdecydowanie sie zgadzam,zdecydowanie tak,非常同意,完全同意,强烈同意,非常にそう思う,とてもそう思う,強くそう思う,全く同意する"),
	scaleOfWords("agreement", false,
		"trifft nicht zu,stimme nicht zu", "trifft eher nicht zu,stimme eher nicht zu", "teils teils,weder noch,neutral", "trifft eher zu,stimme eher zu", "trifft zu,stimme zu"),
	scaleOfWords("agreement", false,
		"strongly disagree,completely disagree,totally disagree", "disagree", "somewhat disagree,slightly disagree", "neutral,neither agree nor disagree,neither,undecided", "somewhat agree,slightly agree", "agree", "strongly agree,completely agree,totally agree"),
	scaleOfWords("satisfaction", true,
		"very dissatisfied,very unsatisfied,extremely dissatisfied,highly dissatisfied,not at all satisfied,completely dissatisfied,sehr unzufrieden,uberhaupt nicht zufrieden,tres insatisfait,tres mecontent,pas du tout satisfait,muy insatisfecho,nada satisfecho,molto insoddisfatto,per niente soddisfatto,muito insatisfeito,nada satisfeito,zeer ontevreden,heel ontevreden,bardzo niezadowolony,bardzo niezadowolona,非常不满意,很不满意,非常不满,大変不満,非常に不満,とても不満",
		"dissatisfied,unsatisfied,somewhat dissatisfied,not satisfied,rather dissatisfied,unzufrieden,eher unzufrieden,nicht zufrieden,weniger zufrieden,insatisfait,plutot insatisfait,mecontent,peu satisfait,insatisfecho,algo insatisfecho,poco satisfecho,insoddisfatto,poco soddisfatto,insatisfeito,pouco satisfeito,ontevreden,niezadowolony,niezadowolona,raczej niezadowolony,不满意,不满,不満,やや不満",
		"neutral,neither satisfied nor dissatisfied,neither,ok,okay,teils teils,weder noch,mittelmassig,neutre,ni satisfait ni insatisfait,moyennement satisfait,ni satisfecho ni insatisfecho,indiferente,neutrale,ne soddisfatto ne insoddisfatto,neutro,nem satisfeito nem insatisfeito,neutraal,niet tevreden niet ontevreden,neutralny,ani zadowolony ani niezadowolony,一般,中立,普通,どちらともいえない,どちらとも言えない",
		"satisfied,somewhat satisfied,rather satisfied,fairly satisfied,zufrieden,eher zufrieden,satisfait,plutot satisfait,assez satisfait,satisfecho,algo satisfecho,bastante satisfecho,soddisfatto,abbastanza soddisfatto,satisfeito,tevreden,zadowolony,zadowolona,raczej zadowolony,满意,比较满意,満足,やや満足",
		"very satisfied,extremely satisfied,highly satisfied,completely satisfied,sehr zufrieden,ausserst zufrieden,vollkommen zufrieden,tres satisfait,tout a fait satisfait,muy satisfecho,totalmente satisfecho,molto soddisfatto,muito satisfeito,totalmente satisfeito,zeer tevreden,heel tevreden,bardzo zadowolony,bardzo zadowolona,非常满意,很满意,大変満足,非常に満足,とても満足"),
	scaleOfWords("quality", true,
		"poor,schlecht,mauvais,malo,deficiente,scarso,ruim,slecht,slaby,差,悪い", "fair,maessig,massig,passable,regular,regolare,sufficiente,matig,przecietny,一般,まあまあ",
		"good,gut,bon,bien,bueno,buono,bom,goed,dobry,好,良好,良い", "very good,sehr gut,tres bon,tres bien,muy bueno,muy bien,molto buono,muito bom,zeer goed,bardzo dobry,很好,とても良い",
		"excellent,outstanding,ausgezeichnet,hervorragend,exzellent,excellente,excelente,eccellente,ottimo,otimo,uitstekend,doskonaly,znakomity,优秀,极好,素晴らしい"),
	scaleOfWords("quality", true,
		"very poor,very bad,terrible,awful,sehr schlecht,tres mauvais,muy malo,pesimo,molto scarso,pessimo,muito ruim,muito mau,zeer slecht,heel slecht,bardzo slaby,bardzo zly,很差,非常差,非常に悪い,とても悪い", "poor,bad,below average,schlecht,mauvais,malo,deficiente,scarso,cattivo,ruim,mau,slecht,slaby,zly,差,较差,悪い,やや悪い",
		"fair,average,ok,okay,acceptable,neutral,medium,mittel,mittelmassig,durchschnittlich,befriedigend,moyen,correct,passable,regular,normal,aceptable,medio,sufficiente,discreto,razoavel,medio,matig,gemiddeld,redelijk,przecietny,sredni,一般,中等,普通",
		"good,above average,gut,bon,bien,bueno,buono,bom,goed,dobry,好,较好,良好,良い,やや良い", "very good,excellent,great,outstanding,sehr gut,ausgezeichnet,hervorragend,tres bon,tres bien,excellent,muy bueno,muy bien,excelente,molto buono,ottimo,eccellente,muito bom,excelente,otimo,zeer goed,uitstekend,bardzo dobry,doskonaly,很好,非常好,优秀,非常に良い,とても良い"),
	scaleOfWords("quality", true,
		"very poor,very bad,terrible", "poor,bad", "fair,average,ok,okay,acceptable,medium", "good", "very good", "excellent,outstanding"),
	scaleOfWords("quality", true, "ungenugend", "mangelhaft", "ausreichend", "befriedigend", "gut", "sehr gut"),
	scaleOfWords("level", false,
		"very low,extremely low,none,sehr niedrig,sehr gering,tres faible,tres bas,muy bajo,muy baja,molto basso,molto bassa,muito baixo,muito baixa,zeer laag,bardzo niski,bardzo niska,很低,非常低,非常に低い,とても低い", "low,niedrig,gering,faible,bas,bajo,baja,basso,bassa,baixo,baixa,laag,niski,niska,低,较低,低い",
		"medium,moderate,average,mid,ok,okay,about right,just right,reasonable,genau richtig,angemessen,normal,mittel,moyen,moyenne,medio,media,moderado,moderada,moderato,gemiddeld,sredni,srednia,中,中等,一般,普通", "high,hoch,eleve,elevee,haut,alto,alta,hoog,wysoki,wysoka,高,较高,高い", "very high,extremely high,sehr hoch,tres eleve,tres haut,muy alto,muy alta,molto alto,molto alta,muito alto,muito alta,zeer hoog,bardzo wysoki,bardzo wysoka,很高,非常高,非常に高い,とても高い"),
	scaleOfWords("level", false,
		"low,niedrig,gering,faible,bas,bajo,baja,basso,bassa,baixo,baixa,laag,niski,niska,低,低い", "medium,moderate,average,mid,normal,mittel,moyen,moyenne,medio,media,moderado,moderada,moderato,gemiddeld,sredni,srednia,中,中等,一般,普通", "high,hoch,eleve,elevee,haut,alto,alta,hoog,wysoki,wysoka,高,高い"),
	scaleOfWords("frequency", false,
		"never,nie,jamais,nunca,mai,nooit,nigdy,从不,从来没有,全くない,まったくない,一度もない", "rarely,seldom,almost never,selten,rarement,raramente,rara vez,casi nunca,zelden,rzadko,很少,めったにない,ほとんどない", "sometimes,occasionally,manchmal,gelegentlich,ab und zu,parfois,quelquefois,a veces,algunas veces,a volte,qualche volta,as vezes,soms,czasami,czasem,有时,偶尔,時々,たまに,ときどき",
		"often,frequently,usually,mostly,very often,oft,haufig,meistens,souvent,a menudo,frecuentemente,casi siempre,spesso,frequentemente,quase sempre,vaak,czesto,经常,よくある,頻繁に,しばしば", "always,immer,stets,toujours,siempre,sempre,altijd,zawsze,总是,一直,いつも,常に"),
	scaleOfWords("likelihood", true,
		"definitely not,very unlikely,extremely unlikely,certainly not,not at all likely,auf keinen fall,sicher nicht,bestimmt nicht,sehr unwahrscheinlich,certainement pas,tres improbable,definitivamente no,seguro que no,muy improbable,sicuramente no,molto improbabile,definitivamente nao,com certeza nao,muito improvavel,zeker niet,zeer onwaarschijnlijk,zdecydowanie nie,bardzo malo prawdopodobne,肯定不会,非常不可能,絶対にしない,全く思わない", "probably not,unlikely,eher nicht,wahrscheinlich nicht,unwahrscheinlich,probablement pas,peu probable,probablemente no,improbable,probabilmente no,improbabile,provavelmente nao,improvavel,waarschijnlijk niet,onwaarschijnlijk,raczej nie,malo prawdopodobne,可能不会,不太可能,たぶんしない,あまり思わない",
		"not sure,unsure,maybe,perhaps,might or might not,possibly,neutral,undecided,vielleicht,unsicher,unentschieden,peut etre,pas sur,incertain,tal vez,quizas,no estoy seguro,forse,non sono sicuro,incerto,talvez,nao tenho certeza,misschien,weet ik nog niet,moze,nie jestem pewien,不确定,也许,可能,わからない,どちらともいえない", "probably,probably yes,likely,wahrscheinlich,eher ja,probablement,probable,probablemente,probablemente si,probabilmente,probabile,provavelmente,provavel,waarschijnlijk,waarschijnlijk wel,prawdopodobnie,raczej tak,可能会,很可能,たぶんする,まあ思う",
		"definitely,definitely yes,very likely,extremely likely,certainly,auf jeden fall,bestimmt,sicher,sehr wahrscheinlich,certainement,tres probable,definitivamente,seguro que si,muy probable,sicuramente,molto probabile,com certeza,definitivamente sim,muito provavel,zeker,zeker wel,zeer waarschijnlijk,zdecydowanie tak,bardzo prawdopodobne,一定会,肯定会,非常可能,必ずする,とても思う"),
	scaleOfWords("importance", false,
		"not important,unimportant,not at all important,unwichtig,vollig unwichtig,pas important,pas du tout important,nada importante,no es importante,per niente importante,non importante,niet belangrijk,onbelangrijk,niewazne,不重要,完全不重要,全く重要でない", "slightly important,somewhat unimportant,less important,weniger wichtig,eher unwichtig,peu important,poco importante,pouco importante,minder belangrijk,malo wazne,不太重要,あまり重要でない",
		"moderately important,neutral,somewhat important,teils teils,mittel,moyennement important,moderadamente importante,medianamente importante,moderatamente importante,enigszins belangrijk,srednio wazne,一般,どちらともいえない", "important,wichtig,eher wichtig,importante,belangrijk,wazne,重要", "very important,extremely important,sehr wichtig,ausserst wichtig,tres important,muy importante,molto importante,muito importante,zeer belangrijk,bardzo wazne,非常重要,很重要,とても重要,非常に重要"),
	scaleOfWords("ease", true,
		"very difficult,very hard,sehr schwierig,sehr schwer,tres difficile,muy dificil,molto difficile,muito dificil,zeer moeilijk,bardzo trudne,非常困难,很难,とても難しい,非常に難しい", "difficult,hard,schwierig,schwer,difficile,dificil,moeilijk,trudne,困难,难,難しい", "neutral,neither,average,teils teils,mittel,neutre,moyen,medio,neutro,neutraal,一般,普通,どちらともいえない", "easy,einfach,leicht,facile,facil,makkelijk,gemakkelijk,latwe,容易,简单,簡単,易しい", "very easy,sehr einfach,sehr leicht,tres facile,muy facil,molto facile,muito facil,zeer makkelijk,bardzo latwe,非常容易,很容易,とても簡単,非常に簡単"),
	scaleOfWords("price", false,
		"very cheap,very low price,sehr gunstig,sehr billig,tres bon marche,muy barato,molto economico,muito barato,zeer goedkoop,bardzo tanie,非常便宜,很便宜,とても安い,非常に安い", "cheap,inexpensive,gunstig,billig,bon marche,pas cher,barato,economico,goedkoop,tanie,便宜,安い", "fair,average,appropriate,angemessen,mittel,correct,moyen,justo,medio,normal,giusto,normaal,gemiddeld,srednie,适中,一般,普通", "expensive,dear,pricey,teuer,cher,caro,duur,drogie,贵,昂贵,高い", "very expensive,too expensive,sehr teuer,zu teuer,tres cher,trop cher,muy caro,demasiado caro,molto caro,troppo caro,muito caro,zeer duur,te duur,bardzo drogie,非常贵,太贵,とても高い,高すぎる"),
}

func scaleOfWords(group string, good bool, levels ...string) wordScale {
	s := wordScale{group: group, good: good}
	for _, level := range levels {
		s.levels = append(s.levels, setOf(words(level)))
	}
	return s
}

// rank returns the level of a folded word, counted from 1; 0 for another word. The feminine and the plural of Romance languages
// are the same word.
func (s wordScale) rank(f string) int {
	for _, form := range []string{f, strings.TrimSuffix(f, "s"), strings.TrimSuffix(f, "e"), strings.TrimSuffix(f, "es"), masculine(f)} {
		for i, level := range s.levels {
			if level[form] {
				return i + 1
			}
		}
	}
	return 0
}

// masculine returns "satisfecho" for "satisfecha" and "buono" for "buona".
func masculine(f string) string {
	if bare, found := strings.CutSuffix(strings.TrimSuffix(f, "s"), "a"); found {
		return bare + "o"
	}
	return f
}

// inGroup reports whether a folded word belongs to any scale of a group.
func inGroup(group, f string) bool {
	for _, s := range wordScales {
		if s.group == group && s.rank(f) > 0 {
			return true
		}
	}
	return false
}
